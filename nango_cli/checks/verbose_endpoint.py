"""An endpoint's path names the resource and nothing that is said elsewhere: no provider, version, verb or parameter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from nango_cli.checks.rule import endpoints, problem
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.ir.project import Project

CODE = "NG324"

_VERBS = frozenset(["all", "create", "delete", "fetch", "get", "list", "update"])
_VERSION = re.compile(r"v[0-9]+(?:\.[0-9]+)*")
_PARAMETER = re.compile(r":[A-Za-z]\w*|\{(?P<name>[^}:]*)[^}]*\}")
_VARIANTS = re.compile(r"-(?:api-key|basic|dev|oauth2?|sandbox|scim|staging|test|v[0-9]+)$")


def check(project: Project) -> Iterator[Diagnostic]:
    models = {model.name.value for model in project.models}
    for integration in project.integrations:
        names = {_plain(integration.name.value), _plain(_VARIANTS.sub("", integration.name.value))}
        found = [(each, *_shortened(each.path.value, names, models)) for each in endpoints(integration)]
        taken = Counter((endpoint.method.value, shorter) for endpoint, shorter, _ in found)
        for endpoint, shorter, why in found:
            # Where two paths would become one, what sets them apart says something.
            if why and taken[endpoint.method.value, shorter] == 1:
                message = f"the path `{endpoint.path.value}` holds {why}"
                yield problem(CODE, message, endpoint.path.span, help=f"write `{shorter}`")


def _shortened(path: str, integration: Collection[str], models: Collection[str]) -> tuple[str, str]:
    """The path without what is said elsewhere, and what that is: empty when nothing is, or when nothing else is."""
    kept, why = [], ""
    for segment in path.strip("/").split("/"):
        verb, _, rest = segment.partition("-")
        parameter = _PARAMETER.fullmatch(segment)
        if _plain(segment) in integration:
            why = why or f"the integration's name, `{segment}`"
        elif _VERSION.fullmatch(segment):
            why = why or f"the version `{segment}`"
        elif segment in _VERBS:
            why = why or f"the verb `{segment}`"
        elif verb in _VERBS and verb != "all" and rest:
            why = why or f"the verb `{verb}`"
            kept.append(rest)
        elif parameter and parameter["name"] not in models:
            why = why or f"the parameter `{segment}`"
        else:
            kept.append(segment)
    return ("/" + "/".join(kept), why) if kept else (path, "")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower()).removesuffix("s")
