"""Lines for whoever reads the logs of a run."""

from __future__ import annotations

from collections.abc import Mapping

from nango_cli.sdk.channel import Channel
from nango_cli.sdk.context import Context, Part
from nango_cli.sdk.errors import SdkError
from nango_cli.sdk.plain import plain

_LEVELS = {
    "debug": "debug",
    "info": "info",
    "warn": "warn",
    "error": "error",
    # Python's name, and those of Nango's older logger
    "warning": "warn",
    "http": "info",
    "verbose": "debug",
    "silly": "debug",
}
_ORDER = ("debug", "info", "warn", "error", "off")


class LogPart(Part):
    """What is below the level of the logger is dropped; it is `debug` at first."""

    def __init__(self, channel: Channel, context: Context) -> None:
        super().__init__(channel, context)
        self._least = "debug"

    def log(self, *values: object, level: str = "info") -> None:
        """Write a line: text as it is, everything else as JSON. Levels: debug, info, warn, error."""
        if level not in _LEVELS:
            raise SdkError(f"there is no log level {level!r}", help="levels: debug, info, warn, error")
        if _ORDER.index(_LEVELS[level]) >= _ORDER.index(self._least):
            text = " ".join(_text(value) for value in values)
            self._channel.call("log", {"level": _LEVELS[level], "text": text})

    def set_logger(self, level: str | Mapping[str, str]) -> None:
        """Drop what is below a level from now on: debug, info, warn, error, or off for everything."""
        name = level.get("level", "") if isinstance(level, Mapping) else level
        name = _LEVELS.get(name, name)
        if name not in _ORDER:
            raise SdkError(f"there is no log level {name!r}", help="levels: debug, info, warn, error, off")
        self._least = name


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}"
    try:
        import json

        return json.dumps(plain(value, "value"), ensure_ascii=False)
    except SdkError:
        return repr(value)
