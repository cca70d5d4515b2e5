"""What a new script looks like in nango.yaml, and how it gets there."""

from __future__ import annotations

from typing import NamedTuple

from nango_cli.checks.names_alike import other_case
from nango_cli.diagnostics.diagnostic import Diagnostics, has_errors
from nango_cli.diagnostics.source import Source, Spanned
from nango_cli.errors import UsageError
from nango_cli.ir.project import Endpoint, Integration, Project, Script
from nango_cli.language.compiler import Compilation, compile_source
from nango_cli.language.document import INTEGRATION_KEYS
from nango_cli.language.syntax import Mapping
from nango_cli.scaffold import insertion, naming
from nango_cli.scaffold.request import Request
from nango_cli.scaffold.yaml_text import Value


class Declaration(NamedTuple):
    """The entry of a sync or an action and the models it brings; `record` names what it saves or returns.

    `method` and `path` are what it asks the provider for.
    """

    entry: dict[str, Value]
    models: dict[str, Value]
    record: tuple[str, ...]
    method: str
    path: str

    @property
    def output(self) -> str:
        return naming.pascal(self.record)

    @property
    def input(self) -> str:
        return str(self.entry.get("input", ""))


def declare(project: Project, request: Request) -> Declaration:
    """The declaration of a script that is new. Raises UsageError NG801 if its name is taken."""
    integration = project.integration(request.integration)
    for script in integration.scripts if integration else ():
        if _is_taken(script, request):
            help = f"it is declared at {script.name.span}; choose another name"
            message = f"`{request.integration}` has the {script.kind} `{request.name}` already"
            raise UsageError(message, help=help)
    _refuse_alike("integration", request.integration, [each.name.value for each in project.integrations])
    same_kind = [each.name.value for each in integration.scripts if each.kind == request.kind] if integration else []
    _refuse_alike(request.kind, request.name, same_kind)
    if request.kind == "on-event":
        return Declaration({}, {}, (), "", "")
    models = {model.name.value for model in project.models}
    words = naming.words(request.name)
    is_sync = request.kind == "sync"
    method, path = naming.resource(request.name)
    method = "GET" if is_sync else method
    taken = {each.path.value for each in _endpoints(integration) if each.method.value == method}
    own_path = naming.free_path(request.name, request.kind, taken)
    endpoint: dict[str, Value] = {"method": method, "path": own_path, "group": naming.group(words)}
    scopes: list[Value] = [scope.value for scope in _known_scopes(integration)]
    wanted = naming.record_words(request.name) if is_sync else [*words, "output"]
    record = naming.model_words(wanted, request.integration, models)
    entry: dict[str, Value] = {"description": f"Fetch {' '.join(words)}" if is_sync else " ".join(words).capitalize()}
    added: dict[str, Value] = {naming.pascal(record): {"id": "string"}}
    if is_sync:
        entry |= {"runs": "every hour", "sync_type": "full", "track_deletes": True, "endpoint": endpoint}
    else:
        given = naming.pascal(naming.model_words([*words, "input"], request.integration, models))
        added = {given: {"id": "string"}, **added}
        entry |= {"endpoint": endpoint, "input": given}
    entry |= {"output": naming.pascal(record), **({"scopes": scopes} if scopes else {})}
    return Declaration(entry, added, tuple(record), method, path)


def declared(before: Compilation, request: Request, declaration: Declaration, found: Diagnostics) -> Compilation | None:
    """nango.yaml with the declaration in it, compiled; None, with an NG407 in the bag, if it cannot be put there."""
    if _is_old(before, request, found):
        return None
    source = _inserted(before.source, request, declaration, found)
    if source is None:
        return None
    after = compile_source(source)
    if has_errors(after.diagnostics):
        first = next(each for each in after.diagnostics if each.severity == "error")
        message = f"with the new {request.kind} nango.yaml would be wrong: {first.message}"
        found.add("NG407", message, before.source.span_at(0), help=first.help)
        return None
    return after


def _inserted(source: Source, request: Request, declaration: Declaration, found: Diagnostics) -> Source | None:
    path = ["integrations", request.integration]
    if request.kind == "on-event":
        return insertion.append(source, [*path, "on-events", request.event], request.name, found)
    path.append(f"{request.kind}s")
    # The models alone first, so that what is wrong with their place is shown in the file as it is.
    if insertion.add(source, ["models"], declaration.models, found) is None:
        return None
    with_script = insertion.add(source, path, {request.name: declaration.entry}, found)
    return with_script and insertion.add(with_script, ["models"], declaration.models, found)


def _refuse_alike(what: str, name: str, names: list[str]) -> None:
    """Raises UsageError NG801 for a name whose files would be those of another on macOS and Windows."""
    other = None if name in names else other_case(name, names)
    if other is not None:
        help = f"on macOS and Windows their files would be the same: write `{other}`, or choose another name"
        raise UsageError(f"`{name}` differs from the {what} `{other}` by case alone", help=help)


def _is_old(before: Compilation, request: Request, found: Diagnostics) -> bool:
    """Whether the integration is written in a way that cannot take the declaration, which is reported."""
    integrations = before.tree.get("integrations") if isinstance(before.tree, Mapping) else None
    entry = integrations.entries.get(request.integration) if isinstance(integrations, Mapping) else None
    key, body = entry or (None, None)
    if key is None or not isinstance(body, Mapping):
        return False
    if body.entries and not body.entries.keys() & INTEGRATION_KEYS.keys():
        message = f"`{key.text}` is written in an older grammar, so nothing is added to it"
        help = "move its scripts under `syncs` and `actions` first, or add the entry by hand"
        found.add("NG407", message, key.span, help=help)
    elif request.kind == "on-event" and "post-connection-scripts" in body.entries:
        old = body.entries["post-connection-scripts"][0]
        message = "`post-connection-scripts` and `on-events` cannot stand together"
        help = "move its scripts under `on-events`, `post-connection-creation` first"
        found.add("NG407", message, old.span, help=help)
    return len(found) > 0


def _is_taken(script: Script, request: Request) -> bool:
    """Syncs and actions share their names; on-event scripts have names of their own."""
    return script.name.value == request.name and (script.kind == "on-event") == (request.kind == "on-event")


def _endpoints(integration: Integration | None) -> list[Endpoint]:
    if integration is None:
        return []
    found = [each for sync in integration.syncs for each in sync.endpoints]
    return [*found, *(action.endpoint for action in integration.actions if action.endpoint)]


def _known_scopes(integration: Integration | None) -> tuple[Spanned[str], ...]:
    """The scopes of the first script that lists any: where one needs some, so probably do the others."""
    scripts = integration.runnables if integration else ()
    return next((script.scopes for script in scripts if script.scopes), ())
