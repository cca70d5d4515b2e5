"""Finds secrets in what a provider answered by the names they go under: those that nango_cli/redaction.py knows, too.

That is not imported, so that what scripts import stands alone; a test holds the lists to be the same.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

_DEEPEST = 14  # levels of a message that are searched for names
_NAMES = frozenset(
    """accesstoken refreshtoken idtoken authtoken bearertoken sessiontoken sessionkey token jwt apikey apitoken secret
    clientsecret apisecret secretkey privatekey password passwd passphrase credentials authorization cookie setcookie
    proxyauthorization xapikey xauthtoken xaccesstoken applicationkey signature sig""".split()  # noqa: SIM905 - a list of words
)
_ENDINGS = tuple(
    """accesstoken refreshtoken idtoken authtoken sessiontoken securitytoken bearertoken bottoken apitoken apikey secret
    secretkey privatekey accesskey subscriptionkey password""".split()  # noqa: SIM905 - a list of words
)
_COOKIE_ATTRIBUTES = frozenset({"path", "domain", "expires", "max-age", "samesite", "priority", "version", "comment"})
_PLAIN_VALUES = frozenset({"bearer", "basic", "none", "null", "true", "false"})
_AFTER_SCHEME = re.compile(r"(?i)^(?:bearer|basic|token|apikey|digest)\s+")
_WORDS = (b"token", b"secret", b"passw", b"passphrase", b"key", b"credential", b"authoriz", b"cookie", b"jwt", b"sig")


def may_hold_secrets(line: bytes) -> bool:
    """Whether a message is worth searching: a look at its bytes, much cheaper than one at its values."""
    lower = line.lower()
    return any(word in lower for word in _WORDS)


@functools.lru_cache(maxsize=4096)
def is_secret_name(name: str) -> bool:
    """Whether what goes under this name is a secret: `access_token`, `X-Api-Key`, `shopClientSecret`."""
    word = re.sub(r"[^a-z0-9]", "", name.lower())
    return word in _NAMES or word.endswith(_ENDINGS)


def secrets(value: Any) -> list[str]:
    """What goes under a secret's name, anywhere in a value."""
    found: list[str] = []
    _search(value, found, 0)
    return found


def _search(value: Any, found: list[str], depth: int) -> None:
    if type(value) is dict:
        for name, item in value.items():
            kind = type(item)
            if kind is str:
                if is_secret_name(name):
                    found += _named(name, item)
            elif (kind is dict or kind is list) and depth < _DEEPEST:
                _search(item, found, depth + 1)
    elif type(value) is list:
        for item in value:
            if type(item) in (dict, list) and depth < _DEEPEST:
                _search(item, found, depth + 1)


def _named(name: str, text: str) -> Iterator[str]:
    if name.lower() not in ("cookie", "set-cookie"):
        parts = [_AFTER_SCHEME.sub("", text)]
    else:
        pairs = (part.partition("=") for part in text.split(";"))
        parts = [value.strip() for key, _, value in pairs if key.strip().lower() not in _COOKIE_ATTRIBUTES]
    yield from (part for part in parts if part.lower() not in _PLAIN_VALUES)
