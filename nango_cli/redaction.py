"""Keeps secrets out of what is shown and written: by their value where it is known, else by the name they go under."""

from __future__ import annotations

import base64
import functools
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, quote_plus, unquote_plus

HIDDEN = "***"

_SHORTEST = 4  # characters; hiding less would make text unreadable and hide nothing
_DEEPEST = 12  # levels of a body that are searched for names
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
_QUERY = re.compile(r"([?&;])([^=&#;\s]+)=([^&#;\s]*)")
USER_INFO = re.compile(r"(?<=://)[^/@\s]+:[^/@\s]*(?=@)")
_IN_TEXT = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<before>(?:^|[?&;\s])(?P<name>[^=&;#?\s\"'<>]+)=)(?P<value>[^&;#\s\"'<>]+)",
        r"(?P<before>\"(?P<name>[^\"\\]+)\"\s*:\s*\")(?P<value>(?:[^\"\\]|\\.)+)",
        r"(?P<before><(?:\w+:)?(?P<name>[\w.-]+)(?:\s[^<>]*)?>)(?P<value>[^<>]+)(?=</)",
        r"(?P<before>(?P<name>)[a-z][a-z0-9+.-]*://[^/@\s:]*:)(?P<value>[^/@\s]+)(?=@)",
    )
)
_WORDS = (b"token", b"secret", b"passw", b"passphrase", b"key", b"credential", b"authoriz", b"cookie", b"jwt", b"sig")


@functools.lru_cache(maxsize=4096)
def is_secret_name(name: str) -> bool:
    """Whether what goes under this name is a secret: `access_token`, `X-Api-Key`, `shopClientSecret`."""
    word = re.sub(r"[^a-z0-9]", "", name.lower())
    return word in _NAMES or word.endswith(_ENDINGS)


def is_plain(value: str) -> bool:
    """Whether a text is none even under a secret's name: nothing, or the name of a scheme."""
    return not value or value.lower() in _PLAIN_VALUES


def patterns_for(text: str) -> tuple[re.Pattern[str], ...]:
    """Patterns that could find a secret under its `name`, as its `value`, in a text: a query, a form, JSON or XML.

    `name` is empty for the password of an address. Most texts are short words, and have none to look for.
    """
    return _IN_TEXT if "=" in text or '":' in text or "</" in text or "://" in text or '" :' in text else ()


class Redactor:
    """Learns secrets during a run and hides them wherever they turn up: in text, addresses and values.

    `stand_in` takes their place, or what it makes of the one that was found.
    """

    def __init__(self, values: Iterable[str] = (), *, stand_in: str | Callable[[re.Match[str]], str] = HIDDEN) -> None:
        self._values: set[str] = set()
        self._compiled: re.Pattern[str] | None = None
        self._stand_in = stand_in
        for value in values:
            self.add(value)

    @property
    def values(self) -> Collection[str]:
        """Everything that was learnt, in all the forms in which it may turn up."""
        return self._values

    @property
    def _pattern(self) -> re.Pattern[str] | None:
        if self._compiled is None and self._values:
            longest_first = sorted(self._values, key=len, reverse=True)
            self._compiled = re.compile("|".join(map(re.escape, longest_first)))
        return self._compiled

    def add(self, secret: str) -> None:
        """Hide a value from now on, and the forms in which requests carry it."""
        plain = _AFTER_SCHEME.sub("", secret)
        if len(plain) < _SHORTEST or plain.lower() in _PLAIN_VALUES or plain in self._values:
            return
        self._values |= {plain, quote(plain, safe=""), quote_plus(plain), *_escaped(plain)}
        self._compiled = None

    def add_credentials(self, credentials: Any) -> None:
        """Hide every text in a connection's credentials, and the header that basic authentication makes of them."""
        for text in _texts(credentials):
            self.add(text)
        if isinstance(credentials, Mapping) and isinstance(credentials.get("username"), str):
            pair = f"{credentials['username']}:{credentials.get('password') or ''}"
            self.add(base64.b64encode(pair.encode()).decode())

    def learn(self, value: Any, depth: int = 0) -> None:
        """Hide what goes under a secret's name anywhere in a body, a text or among headers."""
        if depth > _DEEPEST:
            return
        if isinstance(value, str):
            self._learn_text(value)
        elif isinstance(value, Mapping):
            for name, item in value.items():
                if isinstance(item, str) and isinstance(name, str) and is_secret_name(name):
                    self._learn_named(name, item)
                else:
                    self.learn(item, depth + 1)
        elif isinstance(value, list | tuple):
            for item in value:
                self.learn(item, depth + 1)

    def _learn_named(self, name: str, text: str) -> None:
        if name.lower() in ("cookie", "set-cookie"):
            for part in text.split(";"):
                key, _, value = part.partition("=")
                if key.strip().lower() not in _COOKIE_ATTRIBUTES:
                    self.add(value.strip())
        else:
            self.add(text)

    def _learn_text(self, text: str) -> None:
        for pattern in patterns_for(text):
            for found in pattern.finditer(text):
                if not found["name"] or is_secret_name(found["name"]):
                    self.add(unquote_plus(found["value"]))

    def learn_query(self, url: str) -> None:
        """Hide the values of an address's parameters with a secret's name."""
        for _, name, value in _QUERY.findall(url):
            if is_secret_name(name):
                self.add(value)

    def text(self, text: str) -> str:
        """The text with everything that was learnt hidden."""
        pattern = self._pattern
        return text if pattern is None else pattern.sub(self._stand_in, text)

    def masked(self, text: str) -> str:
        """The same in as many characters, so that columns stay where they are."""
        pattern = self._pattern
        return text if pattern is None else pattern.sub(lambda found: "*" * len(found[0]), text)

    def url(self, url: str) -> str:
        """An address without user, password, or the values of parameters with a secret's name."""
        named = _QUERY.sub(lambda found: found[0] if not is_secret_name(found[2]) else _named(found), url)
        return self.text(USER_INFO.sub(HIDDEN, named))

    def value(self, value: Any) -> Any:
        """A JSON value with everything that was learnt hidden, keys too."""
        if self._pattern is None:
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {
                self.text(name) if isinstance(name, str) else name: self.value(item) for name, item in value.items()
            }
        if isinstance(value, list | tuple):
            return [self.value(item) for item in value]
        return value


def may_hold_secrets(body: bytes) -> bool:
    """Whether a body is worth learning from: a look at its bytes, much cheaper than one at its values."""
    lower = body.lower()
    return any(word in lower for word in _WORDS)  # ten times as fast as one regular expression


def _escaped(text: str) -> Iterator[str]:
    """The text as it stands in JSON, and in JSON that stands in JSON, such as a log line that holds some."""
    for ascii in (False, True):
        once = json.dumps(text, ensure_ascii=ascii)[1:-1]
        yield once
        yield json.dumps(once, ensure_ascii=ascii)[1:-1]


def _named(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}={HIDDEN}"


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if name not in ("type", "expires_at", "token_type", "scope"):
                yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
