"""Takes secrets out of what goes into a recording: by their value, and by the name that they go under.

A stand-in takes the place of each. The same secret has the same one throughout a recording, so that a script which
passes on a token that it was given asks for the same again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote_plus

from nango_cli.environments.exchange import ProxyRequest
from nango_cli.redaction import Redactor, is_plain, is_secret_name, patterns_for

STAND_IN = "SCRUBBED-"

_SCHEME = re.compile(r"(?i)^((?:bearer|basic|token|apikey|digest)\s+)(.+)$", re.DOTALL)
_COOKIE = re.compile(r"(?P<before>(?:^|[;,])\s*(?P<name>[^=;,\s]+)=)(?P<value>[^;,]+)")
_COOKIE_ATTRIBUTES = ("path", "domain", "expires", "max-age", "samesite", "priority", "version")
_COOKIE_HEADERS = ("cookie", "set-cookie")
_PUBLIC = ("type", "token_type", "expires_at", "expires_in", "scope", "scopes", "created_at")
_STAND_INS = re.compile(rf"{STAND_IN}\d+")
_SHORTEST_KEY = 8  # characters; names of fields are shorter, and matter more
_LONGEST_NUMBER = 99_999


class Scrubber:
    """`secrets` are known by value; `names` go with the names that we know for those of secrets."""

    def __init__(self, secrets: Iterable[str] = (), names: Collection[str] = ()) -> None:
        self._names = frozenset(name.lower() for name in names)
        self._numbers: dict[str, int] = {}
        self._known = Redactor(secrets, stand_in=lambda found: self._stand_in(found[0]))

    def learn(self, value: Any) -> None:
        """Know the secrets that go under their names in a value, wherever else they turn up."""
        for secret in self._named(value):
            self._known.add(secret)

    def value(self, value: Any, name: str = "", *, hidden: bool = False) -> Any:
        """A JSON value, or bytes, without secrets. `hidden` says that it goes under a secret's name."""
        hidden = hidden or self._hides(name)
        if isinstance(value, str):
            return self._text(value, name.lower(), hidden)
        if isinstance(value, bytes):
            return self._bytes(value)
        if isinstance(value, Mapping):
            return {
                self._key(key): self.value(each, str(key), hidden=hidden and key not in _PUBLIC)
                for key, each in value.items()
            }
        if isinstance(value, list | tuple):
            return [self.value(each, name, hidden=hidden) for each in value]
        number = isinstance(value, int) and not isinstance(value, bool)
        return 0 if hidden and number and abs(value) > _LONGEST_NUMBER else value

    def request(self, request: ProxyRequest) -> ProxyRequest:
        return replace(
            request,
            endpoint=self.value(request.endpoint),
            params=self.value(request.params),
            headers=self.value(request.headers),
            data=self.value(request.data),
        )

    def _hides(self, name: str) -> bool:
        return bool(name) and (is_secret_name(name) or name.lower() in self._names)

    def _named(self, value: Any, name: str = "") -> Iterator[str]:
        if isinstance(value, str):
            if name.lower() in _COOKIE_HEADERS:
                yield from (found["value"] for found in _COOKIE.finditer(value) if _is_cookie(found))
            elif self._hides(name):
                yield value
            else:
                for pattern in patterns_for(value):
                    yield from (unquote_plus(each["value"]) for each in pattern.finditer(value) if self._counts(each))
        elif isinstance(value, Mapping):
            for key, each in value.items():
                yield from self._named(each, str(key))
        elif isinstance(value, list | tuple):
            for each in value:
                yield from self._named(each, name)

    def _counts(self, found: re.Match[str]) -> bool:
        return not found["name"] or self._hides(found["name"].strip("\"'"))

    def _text(self, text: str, name: str, hidden: bool) -> str:
        if name in _COOKIE_HEADERS:
            return self._replaced(text, _COOKIE, _is_cookie)
        if hidden and not is_plain(text):
            scheme = _SCHEME.match(text)
            return scheme[1] + self._stand_in(scheme[2]) if scheme else self._stand_in(text)
        for pattern in patterns_for(text):
            text = self._replaced(text, pattern, self._counts)
        return self._known.text(text)

    def _replaced(self, text: str, pattern: re.Pattern[str], wanted: Callable[[re.Match[str]], bool]) -> str:
        def replace_one(found: re.Match[str]) -> str:
            return found["before"] + self._stand_in(found["value"]) if wanted(found) else found[0]

        return pattern.sub(replace_one, text)

    def _bytes(self, value: bytes) -> bytes:
        try:
            return self._text(value.decode(), "", False).encode()
        except UnicodeDecodeError:
            return self._known.text(value.decode("latin-1")).encode("latin-1")

    def _key(self, key: Any) -> Any:
        return self._known.text(key) if isinstance(key, str) and len(key) >= _SHORTEST_KEY else key

    def _stand_in(self, secret: str) -> str:
        if is_plain(secret) or secret.startswith(STAND_IN):
            return secret
        plain = unquote_plus(secret) if "%" in secret else secret
        return f"{STAND_IN}{self._numbers.setdefault(plain, len(self._numbers) + 1)}"


def _is_cookie(found: re.Match[str]) -> bool:
    return found["name"].lower() not in _COOKIE_ATTRIBUTES


def stand_ins(value: Any) -> set[str]:
    """All that stand in a value."""
    if isinstance(value, str):
        return set(_STAND_INS.findall(value))
    if isinstance(value, Mapping):
        return set().union(*map(stand_ins, value.keys()), *map(stand_ins, value.values()))
    return set().union(*map(stand_ins, value)) if isinstance(value, list | tuple) else set()
