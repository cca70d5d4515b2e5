"""An exception of a script as the host gets it: what, why, and where in the user's own files."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

from nango_cli.sdk.errors import ActionError, HttpError, SdkError
from nango_cli.sdk.plain import plain

_MAX_FRAMES = 50


def report(error: BaseException, root: Path) -> dict[str, Any]:
    """The `data` of the error that answers `run`; `kind` is `action`, `exit`, `interrupt` or `exception`."""
    kind = type(error)
    name = (
        kind.__qualname__ if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}.{kind.__qualname__}"
    )
    data: dict[str, Any] = {
        "kind": "exception",
        "type": name.removeprefix("nango_cli.sdk.errors.").removeprefix("nango_cli.sdk.entry."),
        "message": _message(error),
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
        case ModuleNotFoundError(name="models"):
            data |= {"help": "run `nango generate` to write models.py"}
        case ModuleNotFoundError():
            data |= {"help": f"install it where nango runs: {error.name} is not among its packages"}
    return data


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # a __str__ of the user's may do anything
        return "(its message cannot be shown)"


def _payload(payload: Any) -> Any:
    try:
        return plain(payload, "payload")
    except SdkError:  # bytes, or an object that only the script knows
        return repr(payload)


def _frames(error: BaseException, root: Path) -> list[dict[str, Any]]:
    """The frames in the project's files, outermost first, relative to its root."""
    frames = [
        {"file": file, "line": frame.lineno, "function": frame.name, "source": (frame.line or "").strip()}
        for frame in traceback.extract_tb(error.__traceback__)
        if (file := _own(frame.filename, root))
    ]
    if isinstance(error, SyntaxError) and error.filename and (file := _own(error.filename, root)):
        source = (error.text or "").strip()
        frames.append({"file": file, "line": error.lineno or 1, "function": "<module>", "source": source})
    return frames[-_MAX_FRAMES:]


def _own(file: str, root: Path) -> str | None:
    try:
        relative = Path(file).relative_to(root)
    except ValueError:
        return None
    hidden = any(part.startswith(".") or part == "site-packages" for part in relative.parts)
    return None if hidden else relative.as_posix()
