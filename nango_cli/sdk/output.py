"""What a script prints, without the secrets that it was handed."""

from __future__ import annotations

import io
import re
import sys
from typing import Any

from nango_cli.sdk import secret_names

_SHORTEST = 4  # characters: replacing less would garble everything else

_hidden: set[str] = set()
_pattern: re.Pattern[str] | None = None
_broken = False


def hide(secret: Any) -> None:
    """Keep a secret out of what is printed from now on: text, or every text in a dict but for its `type`."""
    global _pattern
    if isinstance(secret, dict):
        for key, value in secret.items():
            if key != "type":
                hide(value)
    elif isinstance(secret, list):
        for value in secret:
            hide(value)
    elif isinstance(secret, str) and len(secret) >= _SHORTEST and secret not in _hidden:
        _hidden.add(secret)
        _pattern = None


def learn(message: Any, line: bytes) -> None:
    """Keep out what goes under a secret's name in a message, of which this is the line."""
    if secret_names.may_hold_secrets(line):
        for secret in secret_names.secrets(message):
            hide(secret)


def redacted(text: str) -> str:
    """The text with `***` for every secret."""
    global _pattern
    if not _hidden:
        return text
    if _pattern is None:
        longest_first = sorted(_hidden, key=len, reverse=True)  # one may be part of another
        _pattern = re.compile("|".join(map(re.escape, longest_first)))
    return _pattern.sub("***", text)


def is_broken() -> bool:
    """Whether something was printed after whoever reads it had gone away."""
    return _broken


class Redacted(io.TextIOWrapper):
    """A stream that replaces what is hidden, as far as it is written in one piece."""

    def write(self, text: str, /) -> int:
        global _broken
        try:
            if _hidden and isinstance(text, str):
                super().write(redacted(text))
                return len(text)
            return super().write(text)
        except BrokenPipeError:
            _broken = True
            raise


def guard() -> None:
    """Let the streams of this process be such streams.

    From the start, although nothing is hidden yet: loggers and debuggers hold on to the stream that they find.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):  # else closed from the start, or not ours
            guarded = _guarded(stream)
            setattr(sys, name, guarded)
            setattr(sys, f"__{name}__", guarded)


def _guarded(stream: io.TextIOWrapper) -> Redacted:
    how: dict[str, Any] = {
        "encoding": stream.encoding,
        "errors": stream.errors,
        "line_buffering": stream.line_buffering,
        "write_through": stream.write_through,
    }
    return Redacted(stream.detach(), newline="\n", **how)
