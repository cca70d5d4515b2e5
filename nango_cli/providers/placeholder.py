"""Values in texts: `${apiKey}`, `https://${connectionConfig.region}.example.com || https://example.com`.

What stands after `||` is for when a value of what stands before it is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from nango_cli.errors import EnvironmentFailure

Lookup = Callable[[str], Any]

_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")
_ALTERNATIVE = re.compile(r"\s*\|\|\s*")


def places(text: str) -> Iterator[tuple[str, int, int]]:
    """The placeholders of a text, each with where it starts and ends."""
    return ((found[1].strip(), *found.span()) for found in _PLACEHOLDER.finditer(text))


def names(text: str) -> Iterator[str]:
    """The placeholders of a text."""
    return (name for name, _, _ in places(text))


def fill(text: str, lookup: Lookup) -> str:
    """The text with its values. Raises EnvironmentFailure NG703 when one is missing and there is nothing else."""
    if "${" not in text:
        return text
    missing = None
    for alternative in _ALTERNATIVE.split(text):
        found = {name: lookup(name) for name in names(alternative)}
        empty = next((name for name, value in found.items() if value is None or value == ""), None)
        if empty is None:
            return _PLACEHOLDER.sub(lambda match, found=found: str(found[match[1].strip()]), alternative)
        missing = missing or empty
    assert missing is not None
    help = f"give the connection `{missing}`" if "." in missing else "give the connection an `api_key`"
    raise EnvironmentFailure(f"the connection has no value for `${{{missing}}}`", code="NG703", help=help)
