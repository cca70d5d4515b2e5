"""Messages to JSON and back: by pydantic's fast encoder once something has loaded it, else by Python's own.

Both agree on every value, because what the fast one cannot say is left to the other: half of a surrogate pair, say.
"""

from __future__ import annotations

import contextlib
import json
import math
import signal
import sys
from collections.abc import Iterable
from typing import Any

from nango_cli.sdk.errors import SdkError

_MOST_BITS = 14_284  # of a whole number: 4300 digits, and Python writes no longer ones


def encode(message: object, *, allow_nan: bool = False) -> bytes:
    """One line without its end. Raises SdkError for NaN and infinite numbers, unless they are allowed."""
    fast = _fast()
    if fast is not None:
        try:
            line: bytes = fast.to_json(message)
        except ValueError:  # half of a surrogate pair, or nested too deep
            return _exact(message, allow_nan)
        # As a number or in a text, but numbers of that kind are rare.
        suspicious = not allow_nan and (b"NaN" in line or b"Infinity" in line)
        return _exact(message, allow_nan) if suspicious else line
    return _exact(message, allow_nan)


def decode(line: bytes) -> Any:
    """Raises ValueError, or RecursionError, for anything that is not JSON."""
    fast = _fast()
    if fast is not None:
        try:
            return fast.from_json(line)
        except ValueError:
            return json.loads(line)
    return json.loads(line)


_used = False


def _fast() -> Any:
    """pydantic's encoder, if it is loaded to its end."""
    global _used
    core = sys.modules.get("pydantic_core")
    if core is None or _used:
        return core
    # It imports modules of Python's when it is first used, and does not survive a Ctrl-C meanwhile.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        core.to_json(None)
    except AttributeError:
        return None
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    _used = True
    return core


def _exact(message: object, allow_nan: bool) -> bytes:
    try:
        return json.dumps(message, allow_nan=allow_nan, separators=(",", ":")).encode("ascii")
    except (ValueError, RecursionError) as error:
        raise SdkError(_unsayable(message) or "a value is nested too deeply for JSON") from error


def _unsayable(message: Any) -> str | None:
    """Which value JSON cannot hold, and why."""
    said = next((message[part] for part in ("params", "result") if part in message), message)
    with contextlib.suppress(RecursionError):
        return _unsayable_in(said, "", said.get("first", 0))
    return None


def _unsayable_in(value: Any, path: str, first: int) -> str | None:
    """`first` is the index of the first of the `records`."""
    parts: Iterable[tuple[str, Any]] = ()
    if isinstance(value, dict):
        parts = ((f"{path}.{key}" if path else key, item) for key, item in value.items())
    elif isinstance(value, list | tuple):
        parts = ((f"{path}[{index}]", item) for index, item in enumerate(value, first if path == "records" else 0))
    elif isinstance(value, float) and not math.isfinite(value):
        return f"{path} is NaN or infinite, which JSON cannot hold"
    elif isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return f"{path} is a number of more than 4300 digits"
    return next(filter(None, (_unsayable_in(item, place, first) for place, item in parts)), None)
