"""Names of everything that a new script brings along, from its own name and its integration's."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Collection

from nango_cli.generators.python_models import SDK_NAMES
from nango_cli.language.type_expr import PRIMITIVES

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_VERBS = {"create": "POST", "delete": "DELETE", "fetch": "GET", "get": "GET", "list": "GET", "update": "PATCH"}
_TAKEN = frozenset([*keyword.kwlist, *dir(builtins), *SDK_NAMES, *(name.title() for name in PRIMITIVES)])


def words(name: str) -> list[str]:
    """`pull-requests`, `pull_requests` and `pullRequests` are the words `pull` and `requests`."""
    return [word.lower() for word in _WORD.findall(name)]


def singular(word: str) -> str:
    """One of what the word says, as far as spelling tells."""
    for ending, one in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + one
    return word if word.endswith(("ss", "us", "is")) or len(word) < 3 else word.removesuffix("s")


def record_words(name: str) -> list[str]:
    """The words for one of what a sync fetches."""
    *before, last = words(name)
    return [*before, singular(last)]


def pascal(parts: Collection[str]) -> str:
    return "".join(part.capitalize() for part in parts)


def snake(parts: Collection[str]) -> str:
    return "_".join(parts)


def owned(parts: list[str], integration: str) -> list[str]:
    """The words with those of the integration in front of them, once."""
    owner = words(integration)
    return parts if parts[: len(owner)] == owner else [*owner, *parts]


def model_words(parts: list[str], integration: str, models: Collection[str]) -> list[str]:
    """Words for a model that has no name yet: the plain ones, else with the integration's, else numbered."""
    candidates = [parts, owned(parts, integration), ["model", *owned(parts, integration)]]
    for candidate in candidates:
        name = pascal(candidate)
        if name not in models and name not in _TAKEN and not name[0].isdigit():
            return candidate
    number = 2
    while pascal([*candidates[-1], str(number)]) in models:
        number += 1
    return [*candidates[-1], str(number)]


def resource(name: str) -> tuple[str, str]:
    """The method and the path of an action: a verb in front says the method, and is no part of the path."""
    method, rest = "POST", name
    while (verb := rest.partition("-")[0]) in _VERBS and rest.partition("-")[2]:
        method = _VERBS[verb] if rest == name else method
        rest = rest.partition("-")[2]
    return method, f"/{rest}"


def group(parts: Collection[str]) -> str:
    """A heading that an endpoint may be listed under: letters and spaces, 64 at the most."""
    letters = [part.capitalize() for part in parts if part.isalpha()]
    return " ".join(letters)[:64].strip() or "Other"
