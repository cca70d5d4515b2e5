"""An exception of a script as the host gets it: what, why, and where in the user's own files."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nango_cli.sdk import output, trespass
from nango_cli.sdk.errors import ActionError, HttpError, SdkError
from nango_cli.sdk.plain import plain
from nango_cli.sdk.project import PACKAGE
from nango_cli.sdk.requests import Response

_MAX_FRAMES = 20
_OUTER_FRAMES = 5  # of them, when there are more
_MAX_REPEATS = 3  # of one line that calls itself in a circle
_MAX_CAUSES = 10
_MAX_MESSAGE = 4000  # characters
_MAX_CAUSE = 300
_MAX_PROBLEMS = 10
_MAX_VALUE = 60
_COMPREHENSIONS = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")  # most are no frames since Python 3.12
_BODY, _STATUS = "the parsed body is `.data`", "the status is `.status`"
# What other HTTP clients call the parts of a response.
_OF_A_RESPONSE = {"json": _BODY, "text": _BODY, "content": _BODY, "body": _BODY, "status_code": _STATUS}
_READER_GONE = {"code": "NG605", "type": "ReaderGone", "message": "whoever read what the script prints went away"}


def report(
    error: BaseException, root: Path, confinement: dict[str, Any] | None = None, confined: bool = False
) -> dict[str, Any]:
    """The `data` of the error that answers `run`; `kind` is `action`, `exit`, `interrupt` or `exception`."""
    try:
        return _report(error, root, confinement, confined)
    except BaseException:  # an exception is a class of the user's, which may do anything when it is looked at
        message = "(it cannot be shown)"
        return {"kind": "exception", "type": _type(error), "message": message, "frames": _called(error, root)}


def _report(error: BaseException, root: Path, confinement: dict[str, Any] | None, confined: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": "exception",
        "type": _type(error),
        "message": _cut(_message(error), _MAX_MESSAGE),
        "frames": _frames(error, root),
    }
    match error:
        case ActionError():
            data |= {"kind": "action", "payload": _payload(error.payload)}
        case HttpError():
            data |= {"status": error.status, "payload": _payload(error.response.data)}
        case SdkError():
            data |= {"help": error.help, "code": error.code}
        case SystemExit():
            data |= {"kind": "exit", "message": f"the script called exit({error.code!r})", "help": "return instead"}
        case KeyboardInterrupt():
            data |= {"kind": "interrupt"}
        case BrokenPipeError() if output.is_broken():
            data |= _READER_GONE
        case ValueError() if type(error).__module__.partition(".")[0] == "pydantic_core":
            data |= _unfit(error)
        case AttributeError(obj=Response(), name=str(name)) if name in _OF_A_RESPONSE:
            data |= {"help": _OF_A_RESPONSE[name]}
        case ModuleNotFoundError(name="models"):
            data |= {"help": "run `nango generate` to write models.py"}
        case ModuleNotFoundError(name=str(module)) if module.startswith(f"{PACKAGE}."):
            here = module.removeprefix(f"{PACKAGE}.")
            message = data["message"].replace(module, here)
            data |= {"message": message, "help": f"the project has no {here.replace('.', '/')}.py, nor such a folder"}
        case ModuleNotFoundError():
            data |= {"help": f"install it where nango runs: {error.name} is not among its packages"}
    explained = trespass.explain(error, root, confinement, confined) if confinement is not None else {}
    data |= explained
    may_have_causes = isinstance(error, Exception | BaseExceptionGroup) and not isinstance(error, SdkError)
    if may_have_causes and not explained and (causes := _causes(error, root)):
        data["help"] = "\n".join(filter(None, (data.get("help"), *causes)))
    return data


def _unfit(error: Any) -> dict[str, Any]:
    """pydantic's complaint about a model that the script has made: the fields that do not fit, and what is there."""
    found = error.errors(include_url=False)
    lines = []
    for each in found[:_MAX_PROBLEMS]:
        there = "" if each["type"] == "missing" else f", not {_cut(repr(each['input']), _MAX_VALUE)}"
        lines.append(f"{'.'.join(map(str, each['loc'])) or 'value'}: {each['msg']}{there}")
    more = [f"and {len(found) - _MAX_PROBLEMS} more"] if len(found) > _MAX_PROBLEMS else []
    message = f"{len(found)} value{'s do' if len(found) > 1 else ' does'} not fit `{error.title}`"
    return {"type": "ValidationError", "message": message, "help": "\n".join([*lines, *more])}


def _type(error: BaseException) -> str:
    """The name of its class, with its module unless that is ours, the script's or Python's."""
    kind = type(error)
    name = kind.__qualname__.rpartition("<locals>.")[2]
    module = kind.__module__
    ours = ("builtins", "__main__", "nango_cli.sdk.errors", "nango_cli.sdk.entry")
    return name if module in ours or module.partition(".")[0] == PACKAGE else f"{module}.{name}"


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException:  # a __str__ of the user's may do anything
        return "(its message cannot be shown)"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}... ({len(text):,} characters in all)"


def _payload(payload: Any) -> Any:
    try:
        return plain(payload, "payload")
    except SdkError:  # bytes, or an object that only the script knows
        return repr(payload)


def _causes(error: BaseException, root: Path) -> list[str]:
    """What the error was raised for, and the members of a group, each with its place; the nearest first."""
    seen = {id(error)}
    waiting = list(_behind(error))
    lines: list[str] = []
    while waiting and len(lines) < _MAX_CAUSES:
        each = waiting.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        frames = _frames(each, root)
        place = f" ({frames[-1]['file']}:{frames[-1]['line']})" if frames else ""
        message = _cut(" ".join(_message(each).split()), _MAX_CAUSE)
        lines.append(f"caused by {_type(each)}: {message}".rstrip(": ") + place)
        waiting = [*_behind(each), *waiting]
    return list(dict.fromkeys(lines))


def _behind(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        yield from error.exceptions
    if error.__cause__ is not None:
        yield error.__cause__
    elif error.__context__ is not None and not error.__suppress_context__:
        yield error.__context__


def _frames(error: BaseException, root: Path) -> list[dict[str, Any]]:
    """The frames in the project's files, outermost first, relative to its root."""
    frames = _called(error, root)
    if isinstance(error, SyntaxError) and error.filename and (file := _own(error.filename, root)):
        source = (error.text or "").strip()
        frames.append({"file": file, "line": error.lineno or 1, "function": "<module>", "source": source})
    elif not frames and isinstance(error, OSError) and str(error.filename).endswith(".py"):  # the script itself
        file = _own(error.filename, root)
        frames += [{"file": file, "line": 1, "function": "<module>", "source": ""}] if file else []
    return frames


def _called(error: BaseException, root: Path) -> list[dict[str, Any]]:
    """The frames that the error came through, without most of those that repeat others."""
    repeats: Counter[tuple[str, int | None]] = Counter()
    frames: list[tuple[bool, dict[str, Any]]] = []
    for frame in traceback.extract_tb(error.__traceback__):
        file = _own(frame.filename, root)
        outer = frames[-1][1] if frames else {}
        inside = frame.name in _COMPREHENSIONS and (file, frame.lineno) == (outer.get("file"), outer.get("line"))
        if file and not inside:
            repeats[file, frame.lineno] += 1
            each = {"file": file, "line": frame.lineno, "function": frame.name, "source": (frame.line or "").strip()}
            frames.append((repeats[file, frame.lineno] > _MAX_REPEATS, each))
    kept = [each for is_repeated, each in frames[:-1] if not is_repeated] + [each for _, each in frames[-1:]]
    return kept if len(kept) <= _MAX_FRAMES else kept[:_OUTER_FRAMES] + kept[_OUTER_FRAMES - _MAX_FRAMES :]


def _own(file: str, root: Path) -> str | None:
    try:
        relative = Path(file).relative_to(root)
    except ValueError:
        return None
    hidden = any(part.startswith(".") or part == "site-packages" for part in relative.parts)
    return None if hidden else relative.as_posix()
