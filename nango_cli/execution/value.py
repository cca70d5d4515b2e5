"""Values that are given on the command line: JSON, `@file.json`, plain text, or `-` for standard input."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nango_cli.errors import FileError, UsageError


def read_value(text: str, option: str, cwd: Path, *, plain: bool = True) -> Any:
    """What the text of an option stands for; without `plain`, it must be JSON.

    Raises UsageError when it is not, or starts like JSON and is none; FileError for a file that cannot be read.
    """
    if text == "-":
        try:
            return _parsed(sys.stdin.read().removeprefix("\ufeff"), "standard input", plain=plain)
        except (OSError, UnicodeDecodeError, AttributeError):  # it is closed, or not UTF-8
            raise FileError(f"cannot read standard input for `{option}`", help="pipe JSON or text into it") from None
    if text.startswith("@"):
        path = cwd / text[1:]
        try:
            content = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8"
            raise FileError(
                f"cannot read {text[1:]}: {reason.lower()}", help=f"check the path after `{option} @`"
            ) from None
        return _parsed(content, f"{text[1:]}", plain=False)
    return _parsed(text, f"`{option}`", plain=plain)


def read_date(text: str) -> datetime:
    """ISO 8601, or milliseconds since 1970 as JavaScript counts them; without a time zone it is UTC.

    Raises UsageError for anything else.
    """
    try:
        if text.isdecimal() and len(text) > 8:
            return datetime.fromtimestamp(int(text) / 1000, UTC)
        date = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        help = "write it as 2026-01-31 or 2026-01-31T09:30:00Z"
        raise UsageError(f"`{json.dumps(text)[1:-1]}` is not a date", help=help) from None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _parsed(text: str, where: str, *, plain: bool) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        if plain and not text.lstrip().startswith(("{", "[", '"')):
            return text
        reason, place, help = str(error).split(":")[0].lower(), "the start", 'write it as \'{"key": "value"}\''
        if isinstance(error, json.JSONDecodeError):
            reason, place = error.msg.lower().removesuffix(" at"), f"line {error.lineno}, column {error.colno}"
            help = _help(error)
        if not where.startswith("`"):
            help = f"check it with `python -m json.tool {where}`"
        raise UsageError(f"{where} is not JSON: {reason} at {place}", help=help) from None


def _help(error: json.JSONDecodeError) -> str:
    """What to write on a command line instead."""
    before, rest = error.doc[: error.pos].rstrip(), error.doc[error.pos :].strip()
    if not rest:
        return "it ends too early: put all of it in single quotes"
    if "trailing comma" in error.msg or (rest[0] in "}]" and before.endswith(",")):  # as of Python 3.13, or before
        return "leave out the comma behind the last value"
    if "property name" in error.msg:
        return "put every key in double quotes, and all of it in single quotes: '{\"key\": 1}'"
    if error.msg == "Expecting value":
        return "write text in double quotes; anything else is a number, `true`, `false` or `null`"
    return 'write it as \'{"key": "value"}\''
