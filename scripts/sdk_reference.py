"""Writes docs/reference/sdk.md from the docstrings of `nango_cli.sdk`; run by hand after changing one."""

from __future__ import annotations

import dataclasses
import inspect
import re
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from nango_cli import sdk
from nango_cli.sdk import connection, log, nango, proxy, records, state, testing, trigger

FILE = Path(__file__).parent.parent / "docs" / "reference" / "sdk.md"

_HEAD = """\
# What scripts import

`models.py` re-exports all of this, so a script imports everything from `models`. Written by `scripts/sdk_reference.py`
from the docstrings.

| script | entry point | gets |
| --- | --- | --- |
| sync | `fetch_data(nango)` or `fetch_data(nango, metadata)` | `NangoSync` |
| sync, for webhooks | `on_webhook_payload_received(nango, payload)` | `NangoSync` |
| action | `run_action(nango)` or `run_action(nango, input)` | `NangoAction` |
| on-event | `on_event(nango)` | `NangoAction` |

Each may be `async def`. `metadata`, `input` and `payload` arrive as what they are annotated with: a model, a dataclass,
`list[Model]`, `Model | None`; as plain JSON values otherwise. A sync with one output may return its records instead of
saving them.
"""

_PARTS: tuple[tuple[str, type], ...] = (
    ("Requests", proxy.Proxy),
    ("Connection and metadata", connection.ConnectionPart),
    ("Records", records.RecordReader),
    ("Checkpoints and locks", state.StatePart),
    ("Other scripts", trigger.TriggerPart),
    ("Logs", log.LogPart),
)
_ALIASES = {
    "Checkpoint": "dict[str, str | int | float | bool]",
    "Mode": "Literal['incremental', 'full_refresh', 'full_refresh_and_clear_cache']",
    "Model": "str | type",
    "Request": "ProxyConfiguration | Mapping[str, Any]",
    "Strategy": "Literal['override', 'ignore_if_modified_after']",
}
_TYPES = ("ProxyConfiguration", "CursorPagination", "LinkPagination", "OffsetPagination", "OnPage", "Response")


def text() -> str:
    """The whole page."""
    lines = [_HEAD, "## NangoAction", "", _doc(sdk.NangoAction), ""]
    lines += _properties(sdk.NangoAction)
    for title, part in _PARTS:
        lines += [f"### {title}", "", _doc(part), "", *_methods(part)]
    lines += ["### Input", "", *_methods(nango.NangoAction)]
    lines += ["## NangoSync", "", _doc(sdk.NangoSync), "", *_properties(sdk.NangoSync), _doc(records.RecordWriter), ""]
    lines += _methods(records.RecordWriter)
    lines += ["## Values", ""]
    for name in _TYPES:
        lines += _fields(getattr(sdk, name))
    lines += _fields(connection.Connection)
    lines += ["## Errors", ""]
    for error in (sdk.ActionError, sdk.SdkError, sdk.HttpError):
        lines += [f"### {error.__name__}", "", _doc(error), ""]
    lines += _testing()
    return "\n".join(lines).rstrip() + "\n"


def _testing() -> list[str]:
    lines = ["## Tests of scripts: `nango_cli.sdk.testing`", "", _code(inspect.getdoc(testing) or ""), ""]
    lines += _function(testing.sync) + _function(testing.action)
    for fake in (testing.FakeSync, testing.FakeAction):
        lines += [f"### {fake.__name__}", "", _doc(fake), "", *_methods(fake, level=4)]
        lines += _properties(fake)
    lines += [
        f"### {testing.FakeSync.__name__} and {testing.FakeAction.__name__}",
        "",
        *_properties(testing.FakeSync.__bases__[0]),
    ]
    return lines


def _code(doc: str) -> str:
    """Indented code as a block with fences."""
    return re.sub(
        r"(?:^    .*\n(?:\n+(?=    ))?)+",
        lambda code: "```python\n" + inspect.cleandoc(code.group()) + "\n```\n",
        doc,
        flags=re.MULTILINE,
    )


def _doc(thing: object) -> str:
    return inspect.getdoc(thing) or ""


def _properties(kind: type) -> list[str]:
    found = {name: each for name, each in vars(kind).items() if isinstance(each, property) and name[0] != "_"}
    if not found:
        return []
    types = {name: _name(each.fget.__annotations__["return"]) for name, each in found.items()}
    rows = [f"| `{name}` | `{types[name]}` | {_one_line(each)} |" for name, each in found.items()]
    return ["| property | type | |", "| --- | --- | --- |", *rows, ""]


def _methods(kind: type, level: int = 4) -> list[str]:
    own = [each for name, each in vars(kind).items() if inspect.isfunction(each) and not name.startswith("_")]
    return [line for method in own for line in _function(method, level)]


def _function(function: Callable[..., Any], level: int = 3) -> list[str]:
    shapes = typing.get_overloads(function) or [function]
    signatures = [f"{function.__name__}{_signature(each)}" for each in shapes]
    return [f"{'#' * level} `{function.__name__}`", "", "```python", *signatures, "```", "", _doc(function), ""]


def _signature(function: Callable[..., Any]) -> str:
    signature = inspect.signature(function)
    parameters = [each for each in signature.parameters.values() if each.name != "self"]
    shown = []
    for each in parameters:
        if each.kind is each.KEYWORD_ONLY and "*" not in shown and not any(part.startswith("*") for part in shown):
            shown.append("*")
        stars = {each.VAR_POSITIONAL: "*", each.VAR_KEYWORD: "**"}.get(each.kind, "")
        default = "" if each.default is each.empty else f" = {each.default!r}"
        shown.append(f"{stars}{each.name}: {_type(each.annotation)}{default}")
    return f"({', '.join(shown)}) -> {_type(signature.return_annotation)}"


def _type(annotation: Any) -> str:
    """As it is written, with what stands for several types spelled out."""
    written = str(annotation).strip("'\"")
    for name, meaning in _ALIASES.items():
        written = re.sub(rf"\b{name}\b(?!\.)", meaning, written)
    return written


def _one_line(thing: object) -> str:
    return " ".join(_doc(thing).split()).replace("|", "\\|")


def _fields(kind: type) -> list[str]:
    lines = [f"### {kind.__name__}", "", _doc(kind), "", "| field | type | default |", "| --- | --- | --- |"]
    lines += [f"| `{name}` | `{type_}` | {default} |" for name, type_, default in _each_field(kind)]
    return [*lines, ""]


def _each_field(kind: type) -> Iterator[tuple[str, str, str]]:
    if not dataclasses.is_dataclass(kind):
        yield from ((name, _name(each), "") for name, each in kind.__annotations__.items())
        return
    for each in dataclasses.fields(kind):
        required = each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
        default = "" if required else "empty" if each.default is dataclasses.MISSING else f"`{each.default!r}`"
        yield each.name, _name(each.type), default


def _name(annotation: Any) -> str:
    written = annotation.__forward_arg__ if isinstance(annotation, typing.ForwardRef) else str(annotation)
    return written.replace("|", "\\|")


if __name__ == "__main__":
    FILE.write_text(text())
