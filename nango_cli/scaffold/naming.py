"""Names of everything that a new script brings along, from its own name and its integration's."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Collection

from nango_cli.checks.verbose_endpoint import VERBS, led
from nango_cli.generators.naming import unused
from nango_cli.generators.python_models import SDK_NAMES
from nango_cli.language.type_expr import PRIMITIVES

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
# What has no plural, or is never asked for by the dozen, and words after which the noun is not the last word.
_UNCOUNTABLE = re.compile(
    r"access|all|content|data|feedback|health|history|info|information|me|media|metadata|people|self|staff|status|whoami"
)
_PREPOSITIONS = frozenset(["as", "by", "for", "from", "in", "into", "of", "on", "to", "with"])
_CAMEL = re.compile(rf"({'|'.join(VERBS)})([A-Z].*)")
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


def plural(name: str) -> str:
    """A name for all of what the name is for one of; one that is plural already, or has no plural, stays."""
    parts = words(name)
    last = parts[-1] if parts else ""
    if (
        not name[-1:].islower()
        or _UNCOUNTABLE.fullmatch(last)
        or not _PREPOSITIONS.isdisjoint(parts)
        or singular(last) != last
    ):
        return name
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return f"{name[:-1]}ies"
    return f"{name}es" if last.endswith(("s", "x", "ch", "sh")) else f"{name}s"


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
    """The method and the path of an action: those of a sync of what a verb in front is about, which says the method.

    `create-issue` is `POST /issues`, where the sync `issues` is; without a verb the name is the path.
    """
    verb, _ = _led(name)
    return (VERBS[verb][0], f"/{plural(_object(name))}") if verb else ("POST", f"/{name}")


def free_path(name: str, kind: str, taken: set[str]) -> str:
    """The path of a script's resource; where it is taken that of one of it, or with the kind; else numbered."""
    _, path = resource(name)
    candidates = (path, f"/{_object(name)}", f"{path}-{kind}")
    return next((each for each in candidates if each not in taken), None) or unused(path, taken)


def group(parts: Collection[str]) -> str:
    """A heading that the endpoint of a script with these words may be listed under, the same for all of a resource.

    It has letters and spaces, 64 at the most.
    """
    _, path = resource("-".join(parts))
    letters = [part.capitalize() for part in path[1:].split("-") if part.isalpha()]
    return " ".join(letters)[:64].strip() or "Other"


def _object(name: str) -> str:
    """The name without the verbs in front."""
    verb, rest = _led(name)
    return _object(rest) if verb else name


def _led(name: str) -> tuple[str, str]:
    """The verb in front of a name and the rest of it; no verb where there is none, or nothing else."""
    if camel := _CAMEL.fullmatch(name):
        return camel[1], camel[2][0].lower() + camel[2][1:]
    verb, rest = led(name.replace("_", "-"))
    return (verb, name[len(verb) + 1 :]) if verb else ("", rest)
