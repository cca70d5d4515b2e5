"""Text for people: tables and lists of properties. What is secret is hidden unless it was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from nango_cli.cli.json_line import json_line
from nango_cli.redaction import HIDDEN, is_secret_name

_ENDS = re.compile(r"(?:Key|Secret|Token|Password)$|(?:^|[_.-])(?i:key|secret|token|password|passphrase)$")
_PLAIN = frozenset({"type", "token_type", "expires_at", "scope", "scopes"})


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Lines of aligned columns under their names; nothing at all without rows."""
    texts = [[_text(each) for each in row] for row in rows]
    if texts:
        lines = [list(head), *texts]
        widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
        for line in lines:
            yield "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()


def sheet(properties: Mapping[str, Any]) -> Iterator[str]:
    """A line for each property that has a value."""
    there = {name: value for name, value in properties.items() if value not in (None, False, "", (), [], {})}
    width = max(map(len, there), default=0)
    for name, value in there.items():
        yield f"{name.ljust(width)}  {_text(value)}"


def hidden(credentials: Any, *, plain: Iterable[str] = ()) -> Any:
    """Credentials without their values, but for those that are no secrets: kinds, times, scopes and `plain`."""
    shown = {*_PLAIN, *plain}
    if isinstance(credentials, Mapping):
        return {
            name: value if name in shown and not isinstance(value, Mapping) else hidden(value, plain=plain)
            for name, value in credentials.items()
        }
    if isinstance(credentials, list | tuple):
        return [hidden(each, plain=plain) for each in credentials]
    return credentials if credentials is None or credentials == "" or isinstance(credentials, bool) else HIDDEN


def may_be_secret(name: str) -> bool:
    """Whether what goes under this name may be a secret: `applicationKey`, `webhook_token`."""
    return is_secret_name(name) or bool(_ENDS.search(name))


def without_secrets(value: Any) -> Any:
    """A JSON value in which what goes under the name of a secret is hidden."""
    if isinstance(value, Mapping):
        return {
            name: hidden(each) if may_be_secret(str(name)) else without_secrets(each) for name, each in value.items()
        }
    return [without_secrets(each) for each in value] if isinstance(value, list | tuple) else value


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json_line(value)
