"""Values that are given on the command line: JSON, `@file.json`, or plain text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nango_cli.errors import FileError, UsageError


def read_value(text: str, option: str, cwd: Path) -> Any:
    """What the text of an option stands for. Raises UsageError when it starts like JSON and is none."""
    if text.startswith("@"):
        path = cwd / text[1:]
        try:
            content = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8"
            raise FileError(
                f"cannot read {text[1:]}: {reason.lower()}", help=f"check the path after `{option} @`"
            ) from None
        return _parsed(content, f"{text[1:]}", plain=False)
    return _parsed(text, f"`{option}`", plain=True)


def _parsed(text: str, where: str, *, plain: bool) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        if plain and not text.lstrip().startswith(("{", "[", '"')):
            return text
        reason = str(error).split(":")[0].lower()
        place = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "the start"
        raise UsageError(f"{where} is not JSON: {reason} at {place}", help="put the JSON in single quotes") from None
