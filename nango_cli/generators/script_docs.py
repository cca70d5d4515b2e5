"""A page of documentation for each sync and action, in Markdown; what people write below its last line is theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import indent

from nango_cli.generators.example import examples, type_text
from nango_cli.generators.generator import GeneratedFile
from nango_cli.generators.naming import unused
from nango_cli.ir.project import Action, Endpoint, Model, Project, Sync

MARKER = "<!-- END  GENERATED CONTENT -->"
"""The last generated line; two spaces, as Nango's own CLI writes it."""

_LAST_LINE = re.compile(rf"^{MARKER}(?=[ \t]*\r?$)", re.MULTILINE)
_NONE = "_None_"
_READING = """\
- `modified_after`: a date and time as ISO 8601 has it; only records that changed after it are returned.
- `limit`: how many records a page has at most.
- `cursor`: the `next_cursor` of the page before.
- `filter`: `added`, `updated` or `deleted`, or several with commas; only such records are returned."""


def generate(project: Project, *, flat: bool = False, of: str | None = None) -> Iterator[GeneratedFile]:
    """A page for each script, of one integration or of all, up to the end of the generated part.

    Its path is `<integration>/<syncs or actions>/<script>.md`; if `flat` it is `<script>.md`, or
    `<integration>-<script>.md` where several scripts have that name.
    """
    models = {model.name.value: model for model in project.models}
    scripts = [(integration, script) for integration in project.integrations for script in integration.runnables]
    times = Counter(script.name.value for _, script in scripts)
    taken = {name for name, number in times.items() if number == 1}
    for integration, script in scripts:
        owner, name = integration.name.value, script.name.value
        path = f"{owner}/{script.kind}s/{name}"
        if flat:
            path = name if times[name] == 1 else unused(f"{owner}-{name}", taken)
        if of in (None, owner):
            yield GeneratedFile(f"{path}.md", _page(script, models))


def kept(text: str) -> str | None:
    """What stands after the generated part of a page; None for a text that has none."""
    end = _LAST_LINE.search(text)
    return text[end.end() :] if end else None


def _page(script: Sync | Action, models: Mapping[str, Model]) -> str:
    outputs = [output.value for output in script.output or ()]
    sections = [
        f"# {_title(script.name.value)}",
        "## General Information",
        _general(script, models),
        "## Endpoint Reference",
        "### Request Endpoint",
        _endpoints(script),
        "### Query Parameters",
        _READING if script.kind == "sync" else _NONE,
        *(["### Request Body", _examples(_input(script), models)] if script.kind == "action" else []),
        "### Request Response",
        _examples(outputs, models),
        *(["### Expected Metadata", _examples(_input(script), models)] if script.kind == "sync" else []),
        MARKER,
    ]
    return "\n\n".join(sections)


def _title(name: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in re.split(r"[-\s]+", name))


def _general(script: Sync | Action, models: Mapping[str, Model]) -> str:
    group = next((each.group.value for each in _declared(script) if each.group), "Others")
    facts = {
        "Description": script.description.value.strip() or _NONE,
        "Version": script.version.value if script.version else "0.0.1",
        "Group": group,
        "Scopes": _listed(scope.value for scope in script.scopes),
        "Endpoint Type": script.kind.capitalize(),
        "Model(s)": _listed(_name(models[output.value]) for output in script.output or ()),
    }
    if script.kind == "action":
        facts["Input Model"] = _listed(_name(models[name]) for name in _input(script))
    return "\n".join(f"- **{name}:** {indent(fact, '  ').strip()}" for name, fact in facts.items())


def _endpoints(script: Sync | Action) -> str:
    """The endpoints of a sync with several models stand with the model that each returns."""
    endpoints = [_code(f"{each.method.value} {each.path.value}") for each in _declared(script)]
    if len(endpoints) < 2:
        return "".join(endpoints) or _NONE
    outputs = script.output or ()
    return "\n".join(f"- {each}: {_code(output.value)}" for each, output in zip(endpoints, outputs, strict=False))


def _examples(names: Sequence[str], models: Mapping[str, Model]) -> str:
    """An example of each model; where there are several, with the model's name before it."""
    found = list(examples({name: model.type for name, model in models.items()}, names))
    blocks = [f"```json\n{text}\n```" for _, text in found]
    if len(blocks) > 1:
        blocks = [f"{_code(_name(models[name]))}:\n\n{block}" for (name, _), block in zip(found, blocks, strict=True)]
    return "\n\n".join(blocks) or _NONE


def _declared(script: Sync | Action) -> Sequence[Endpoint]:
    if isinstance(script, Sync):
        return script.endpoints
    return (script.endpoint,) if script.endpoint else ()


def _input(script: Sync | Action) -> list[str]:
    return [script.input.value] if script.input else []


def _name(model: Model) -> str:
    return type_text(model.type) if model.anonymous else model.name.value


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(map(_code, texts)) or _NONE


def _code(text: str) -> str:
    text = " ".join(text.split())
    return f"`` {text} ``" if "`" in text else f"`{text}`"
