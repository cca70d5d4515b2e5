"""An endpoint's path names the resource and nothing that is said elsewhere: no provider, version, verb or parameter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from nango_cli.checks.rule import endpoints, problem
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.ir.project import Endpoint, Project

CODE = "NG324"

# The methods that say what a verb says; the first is the usual one.
VERBS = {
    "add": ("POST",),
    "create": ("POST",),
    "delete": ("DELETE",),
    "fetch": ("GET",),
    "find": ("GET",),
    "get": ("GET",),
    "list": ("GET",),
    "remove": ("DELETE",),
    "update": ("PATCH", "PUT"),
}
# What begins like a verb and its object and may as well be one noun; what is in doubt is not reported.
_COMPOUND = re.compile(
    r"(?:add-(?:in|on)s?|get-(?:away|together)s?|fetch-(?:job|request)s"
    r"|list-(?:entrie|field|item|member|membership|price|type|view)s"
    r"|(?:add|create|delete|find|remove|update)"
    r"-(?:event|historie|job|log|marker|operation|policie|request|rule|task|type)s)(?:-.+)?"
)
_VERSION = re.compile(r"v[0-9]+(?:\.[0-9]+)*")
_PARAMETER = re.compile(r":[A-Za-z]\w*|\{(?P<name>[^}:]*)[^}]*\}")
_VARIANTS = re.compile(r"-(?:api-key|basic|dev|oauth2?|sandbox|scim|staging|test|v[0-9]+)$")


def check(project: Project) -> Iterator[Diagnostic]:
    models = {model.name.value for model in project.models}
    for integration in project.integrations:
        names = {_plain(integration.name.value), _plain(_VARIANTS.sub("", integration.name.value))}
        found = [(each, *_shortened(each, names, models)) for each in endpoints(integration)]
        taken = Counter((endpoint.method.value, shorter) for endpoint, shorter, _ in found)
        for endpoint, shorter, why in found:
            # Where two paths would become one, what sets them apart says something.
            if why and taken[endpoint.method.value, shorter] == 1:
                message = f"the path `{endpoint.path.value}` holds {why}"
                yield problem(CODE, message, endpoint.path.span, help=f"write `{shorter}`")


def led(segment: str) -> tuple[str, str]:
    """The verb in front of what a segment names, and that; no verb where the segment names one thing."""
    verb, _, rest = segment.partition("-")
    return (verb, rest) if verb in VERBS and rest and not _COMPOUND.fullmatch(segment) else ("", segment)


def _shortened(endpoint: Endpoint, integration: Collection[str], models: Collection[str]) -> tuple[str, str]:
    """The path without what is said elsewhere, and what that is: empty when nothing is, or when nothing else is."""
    path, method = endpoint.path.value, endpoint.method.value
    kept, why = [], ""
    for segment in path.strip("/").split("/"):
        verb, rest = led(segment)
        parameter = _PARAMETER.fullmatch(segment)
        if _plain(segment) in integration:
            why = why or f"the integration's name, `{segment}`"
        elif _VERSION.fullmatch(segment):
            why = why or f"the version `{segment}`"
        elif segment == "all" or method in VERBS.get(segment, ()):
            why = why or f"the verb `{segment}`"
        elif method in VERBS.get(verb, ()):
            why = why or f"the verb `{verb}`"
            kept.append(rest)
        elif parameter and parameter["name"] not in models:
            why = why or f"the parameter `{segment}`"
        else:
            kept.append(segment)
    return ("/" + "/".join(kept), why) if kept else (path, "")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower()).removesuffix("s")
