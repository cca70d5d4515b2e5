"""What still looks like a secret when all that is known for one is gone."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from nango_cli.errors import RunError
from nango_cli.recordings.scrub import STAND_IN

_KINDS = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "a JSON web token": r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*",
    "a bearer token": rf"(?i:\bbearer\s+)(?!{STAND_IN})(?=[\w.~+/-]*\d)[\w.~+/-]{{16,}}",
    "basic credentials": rf"\b[Bb]asic\s+(?!{STAND_IN})(?=[A-Za-z0-9+/]*[A-Z0-9])[A-Za-z0-9+/]{{16,}}={{0,2}}(?![\w-])",
    "a GitHub token": r"\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})",
    "a GitLab token": r"\bglpat-[\w-]{16,}",
    "a Slack token": r"\bxox[abeoprs]-[\w-]{10,}",
    "a Stripe key": r"\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}",
    "a webhook's secret": r"\bwhsec_[A-Za-z0-9+/]{16,}",
    "an AWS key": r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b",
    "a Google key": r"\bAIza[\w-]{35}|\bya29\.[\w-]{20,}|\bGOCSPX-[\w-]{20,}",
    "a SendGrid key": r"\bSG\.[\w-]{16,}\.[\w-]{16,}",
    "an API key": r"\bsk-(?:[a-z]+-)*[A-Za-z0-9_-]{32,}",
    "a Shopify token": r"\bshp(?:at|ca|pa|ss)_[A-Fa-f0-9]{20,}",
    "a package registry's token": r"\b(?:npm_[A-Za-z0-9]{30,}|pypi-[\w-]{30,})",
}
_LOOKS = re.compile("|".join(f"(?P<k{number}>{pattern})" for number, pattern in enumerate(_KINDS.values())))
_SECRET_WORDS = frozenset(
    {"token", "secret", "password", "passwd", "credential", "credentials", "auth", "jwt", "apikey"}
)
_HARMLESS_WORDS = frozenset(
    """page next sync continuation cursor delta previous prev start resume scroll skip public count type url uri id
    expires scope""".split()  # noqa: SIM905 - a list of words
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_PLAIN_NAME = re.compile(r"[A-Za-z_]\w*")
_SHORTEST = 20  # characters of a value that is taken for a secret only because of its name
_BITS = 3.5  # of entropy a character, which words do not have


class Suspect(NamedTuple):
    """`place` is a path such as `$.api.get["/users"].response.note`."""

    place: str
    what: str


def suspects(value: Any, place: str = "$", name: str = "") -> Iterator[Suspect]:
    """Everything in a JSON document that looks like a secret."""
    if isinstance(value, str):
        if what := _look(value, name):
            yield Suspect(place, what)
    elif isinstance(value, dict):
        for key, each in value.items():
            inner = inner_place(place, key)
            if what := _look(key, ""):
                yield Suspect(place, f"the name of a field is {what}")
            else:
                yield from suspects(each, inner, key)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from suspects(each, f"{place}[{index}]", name)


def inner_place(place: str, name: str) -> str:
    """The place of a member of the object at a place."""
    return f"{place}.{name}" if _PLAIN_NAME.fullmatch(name) else f'{place}["{name}"]'


def check(document: Any) -> None:
    """Raises RunError NG611 with the place of the first secret in a recording."""
    for place, what in suspects(document):
        help = "if a field holds it, `--hide NAME` replaces what goes under the field's name"
        raise RunError(f"not saved: there is {what} at {place}", code="NG611", help=help)


def _look(text: str, name: str) -> str | None:
    found = _LOOKS.search(text)
    if found is not None and found.lastgroup is not None:
        return list(_KINDS)[int(found.lastgroup[1:])]
    words = {word.lower() for word in _WORD.findall(name)}
    if words & _SECRET_WORDS and not words & _HARMLESS_WORDS and _is_random(text):
        return f"what looks like a secret under `{name}`"
    return None


def _is_random(text: str) -> bool:
    if len(text) < _SHORTEST or STAND_IN in text or "://" in text or any(each.isspace() for each in text):
        return False
    if not (any(each.isdigit() for each in text) and any(each.isalpha() for each in text)):
        return False
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values()) >= _BITS
