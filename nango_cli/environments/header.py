"""What names and values of headers may consist of. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAME = re.compile(rb"[-!#$%&'*+.^_`|~0-9a-zA-Z]+")
_VALUE = re.compile(rb"(?:[^\x00\s]+(?:[ \t]+[^\x00\s]+)*)?")

HELP = "names have no spaces and no colons; values have no line breaks, and no spaces around them"


def unfit(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """The name of the first that cannot be sent, None when all can; never the value, which may be a secret."""
    for name, value in headers:
        if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            return ascii(name.decode("utf-8", "replace"))[1:-1]
    return None
