"""Is it the right shape? The tree of nango.yaml read into the parts that its three grammars have in common.

| grammar | an integration is | a script is |
| --- | --- | --- |
| v2 | `syncs`, `actions`, `on-events` | an entry of the first two |
| flat | script names | an entry with the keys of v2; a sync when it has a key that only syncs have |
| v1 | script names | an entry with `type` and `returns` |

Each integration is read by its own keys, so the order of a file decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Literal

from nango_cli.diagnostics.diagnostic import Diagnostics, Label, Severity
from nango_cli.diagnostics.source import Setting, Spanned
from nango_cli.ir.project import SyncType
from nango_cli.language.reader import Reader
from nango_cli.language.syntax import Mapping, Node, Scalar, Sequence

Grammar = Literal["v1", "v2", "flat"]
Kind = Literal["sync", "action"]

EVENTS = ("post-connection-creation", "pre-connection-deletion", "validate-connection")

_COMMON = dict.fromkeys(["description", "version", "scopes", "endpoint", "input", "output"])
SYNC_KEYS: dict[str, None] = {
    **_COMMON,
    **dict.fromkeys(["runs", "sync_type", "track_deletes", "auto_start", "webhook-subscriptions"]),
}
ACTION_KEYS: dict[str, None] = _COMMON
V1_KEYS: dict[str, None] = dict.fromkeys(
    ["type", "returns", "runs", "description", "track_deletes", "auto_start", "version"]
)
INTEGRATION_KEYS: dict[str, None] = dict.fromkeys(["syncs", "actions", "on-events", "post-connection-scripts"])
ENDPOINT_KEYS: dict[str, None] = dict.fromkeys(["method", "path", "group"])

_SYNC_ONLY = SYNC_KEYS.keys() - ACTION_KEYS.keys()
_FLAT_ONLY = SYNC_KEYS.keys() - V1_KEYS.keys()
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+\.[0-9]+)?")
_SCRIPT_NAME = re.compile(r"[a-zA-Z0-9_-]+")

_KEY_ADVICE = {
    "returns": "`returns` is the name that the old grammar used: write `output`",
    "model": "write `output`",
    "models": "write `output`",
    "schedule": "write `runs`, as in `runs: every hour`",
    "frequency": "write `runs`, as in `runs: every hour`",
    "endpoints": "write `endpoint`; it also takes a list",
    "metadata": "write `input`: a sync's input is the connection's metadata",
    **dict.fromkeys(["method", "path", "group"], "write it below `endpoint`"),
}
_INTEGRATION_ADVICE = {
    "models": "write `models` at the start of a line, beside `integrations`",
    "provider": "remove it: nango.yaml does not name providers",
}
_STANDS_FOR = {"returns": "output", "model": "output", "models": "output", "endpoints": "endpoint"} | dict.fromkeys(
    ["schedule", "frequency"], "runs"
)


@dataclass(slots=True, eq=False, repr=False)
class EndpointPart:
    """An endpoint as text, or as an object of `method`, `path` and `group`."""

    node: Node
    text: Scalar | None = None
    method: Scalar | None = None
    path: Scalar | None = None
    group: Scalar | None = None


@dataclass(slots=True, eq=False, repr=False)
class ScriptPart:
    """A sync or an action whose keys have the right kind of value."""

    name: Scalar
    kind: Kind
    grammar: Grammar
    description: Setting[str] = Setting("")  # noqa: RUF009 - it is frozen
    runs: Scalar | None = None
    version: Spanned[str] | None = None
    sync_type: Setting[SyncType] = Setting("full")  # noqa: RUF009 - it is frozen
    track_deletes: Setting[bool] = Setting(False)  # noqa: RUF009 - it is frozen
    auto_start: Setting[bool] = Setting(True)  # noqa: RUF009 - it is frozen
    input: Scalar | None = None
    output: list[Scalar] | None = None
    scopes: list[Spanned[str]] = field(default_factory=list)
    endpoints: list[EndpointPart] = field(default_factory=list)
    countable: bool = False  # whether the endpoints and outputs are all that was written
    webhook_subscriptions: list[Scalar] = field(default_factory=list)


@dataclass(slots=True, eq=False, repr=False)
class IntegrationPart:
    """An integration whose scripts are told apart."""

    name: Scalar
    scripts: list[ScriptPart] = field(default_factory=list)
    on_events: list[tuple[Scalar, Scalar]] = field(default_factory=list)  # (event, script name)
    post_connection_scripts: list[Scalar] = field(default_factory=list)


@dataclass(slots=True, eq=False, repr=False)
class Document:
    """The parts of a nango.yaml."""

    grammar: Grammar
    integrations: list[IntegrationPart]
    models: Mapping


def read(root: Mapping, found: Diagnostics) -> Document:
    """Read everything that has its right shape and report the rest."""
    return _DocumentReader(found).document(root)


class _DocumentReader(Reader):
    def document(self, root: Mapping) -> Document:
        ids = root.get("integrations")
        grammars = {name: _grammar_of(value) for name, (_, value) in _entries(ids).items()}
        grammar: Grammar = "v2" if "v2" in grammars.values() else "flat" if "flat" in grammars.values() else "v1"
        severity: Severity | None = "warning" if grammar == "v1" and grammars else None
        meant = self.keys(root, {"integrations": None, "models": None}, "nango.yaml", severity=severity)
        if "integrations" not in root.entries | dict.fromkeys(meant):
            first = next(iter(root.entries.values()))[0] if root.entries else None
            help = "write your integrations under a key `integrations` at the start of a line"
            span = (first or root).span
            self.found.add("NG102", "nango.yaml has no `integrations`", span, help=help)
        integrations = self.mapping(ids, "`integrations`", "a mapping of integrations")
        models = root.get("models")
        if isinstance(models, Scalar) and models.value is None:
            models = None
        return Document(
            grammar=grammar,
            integrations=[
                self.integration(key, value, grammars[name]) for name, (key, value) in integrations.entries.items()
            ],
            models=self.mapping(models, "`models`", "a mapping of models"),
        )

    def integration(self, name: Scalar, node: Node, grammar: Grammar) -> IntegrationPart:
        part = IntegrationPart(name)
        where = f"integration `{name.text}`"
        body = self.mapping(node, where, help="write `{}` for an integration without scripts")
        if grammar != "v2":
            for key, value in body.entries.values():
                part.scripts.append(self.loose_script(key, value))
            return part
        advice = {
            key: f"move the script `{key}` below `syncs` or `actions`"
            for key, (_, value) in body.entries.items()
            if isinstance(value, Mapping) and value.entries.keys() & (SYNC_KEYS.keys() | V1_KEYS.keys())
        }
        self.keys(body, INTEGRATION_KEYS, where, advice=_INTEGRATION_ADVICE | advice)
        kinds: tuple[tuple[str, Kind], ...] = (("syncs", "sync"), ("actions", "action"))
        for section, kind in kinds:
            scripts = self.mapping(body.get(section), f"`{section}`", f"a mapping of {section}")
            for key, value in scripts.entries.values():
                part.scripts.append(self.script(key, value, kind, "v2"))
        self.events(body, part)
        return part

    def events(self, body: Mapping, part: IntegrationPart) -> None:
        events = self.mapping(body.get("on-events"), "`on-events`", "a mapping of events")
        for name, (key, value) in events.entries.items():
            if name not in EVENTS:
                help = self.suggest(name, EVENTS) or "events: " + ", ".join(f"`{event}`" for event in EVENTS)
                self.found.add("NG309", f"no event is named `{name}`", key.span, help=help)
                continue
            if not isinstance(value, Sequence):
                self.wrong_kind(value, f"`{name}`", "a list of script names", "write each name on a line after `- `")
                continue
            for item in self.texts(value, f"`{name}`"):
                if not _SCRIPT_NAME.fullmatch(item.text):
                    help = "use letters, digits, `_` and `-`"
                    self.found.add("NG310", f"`{item.text}` is not a script name", item.span, help=help)
                else:
                    part.on_events.append((key, item))
        old = body.entries.get("post-connection-scripts")
        if old is None:
            return
        key, value = old
        help = "list the scripts under `on-events`, `post-connection-creation`"
        if not isinstance(value, Sequence):
            self.wrong_kind(value, "`post-connection-scripts`", "a list of script names")
        part.post_connection_scripts = list(self.texts(value, f"`{key.text}`")) if isinstance(value, Sequence) else []
        if part.post_connection_scripts and events.entries:
            labels = [Label(body.entries["on-events"][0].span, "stands beside this")]
            message = "`post-connection-scripts` and `on-events` cannot both be used"
            self.found.add("NG107", message, key.span, help=help, labels=labels)
        else:
            self.found.add("NG105", "`post-connection-scripts` is deprecated", key.span, help=help)

    def loose_script(self, name: Scalar, node: Node) -> ScriptPart:
        """A script of the grammars in which its kind is for its keys to tell."""
        keys: set[str] = set(node.entries) if isinstance(node, Mapping) else set()
        type_ = node.get("type") if isinstance(node, Mapping) else None
        flat = "returns" not in keys and bool(keys & _FLAT_ONLY)
        if type_ is not None:
            named = self.text(type_, "`type`", "`sync` or `action`")
            if named and named.text not in ("sync", "action"):
                help = self.suggest(named.text, ("sync", "action")) or "it is read as a sync"
                message = f"`{named.text}` is not a type of script"
                self.found.add("NG106", message, named.span, help=help, severity="warning")
            kind: Kind = "action" if named and named.text == "action" else "sync"
        else:
            kind = "sync" if keys & _SYNC_ONLY or not flat else "action"
        return self.script(name, node, kind, "flat") if flat else self.v1_script(name, node, kind)

    def script(self, name: Scalar, node: Node, kind: Kind, grammar: Grammar) -> ScriptPart:
        part = ScriptPart(name, kind, grammar)
        where = f"{kind} `{name.text}`"
        if not isinstance(node, Mapping):
            self.wrong_kind(node, where, "a mapping")
            return part
        known = SYNC_KEYS if kind == "sync" else ACTION_KEYS
        advice = dict(_KEY_ADVICE)
        if kind == "action":
            advice |= dict.fromkeys(_SYNC_ONLY, "only syncs have this key: remove it")
        meant = self.keys(node, {**known, "type": None} if grammar == "flat" else known, where, advice=advice)
        present = node.entries.keys() | meant | {_STANDS_FOR.get(key, key) for key in node.entries}
        self.require(present, "endpoint", name, where, help="add `endpoint:` with a `method` and a `path`")
        if kind == "sync":
            self.require(present, "runs", name, where, help="add a schedule, such as `runs: every hour`")
            if grammar == "v2":
                help = "add `output:` with the model of the records it saves"
                self.require(present, "output", name, where, help=help)
            elif "output" not in present:
                help = "add `output:` with the model of the records it saves"
                self.found.add("NG109", f"{where} has no `output`, so it cannot save records", name.span, help=help)
        node = _only(node, known)
        self.shared(part, node)
        part.description = _trimmed(part.description)
        part.sync_type = self.sync_type(node.get("sync_type"))
        part.scopes = list(self.scopes(node.get("scopes")))
        if not _is_empty(node.get("webhook-subscriptions")):
            part.webhook_subscriptions = list(self.texts(node.get("webhook-subscriptions"), "`webhook-subscriptions`"))
        known_before = len(self.found)
        part.endpoints = list(self.endpoints(node.get("endpoint"), kind))
        if "output" in node.entries and not (kind == "action" and _is_empty(node.get("output"))):
            part.output = list(self.texts(node.get("output"), "`output`"))
        part.countable = {"endpoint", "output"} <= node.entries.keys() and len(self.found) == known_before
        given = node.get("input")
        if not (isinstance(given, Scalar) and given.value in (None, "")):
            part.input = self.text(given, "`input`", "the name of a model, or a type")
        return part

    def v1_script(self, name: Scalar, node: Node, kind: Kind) -> ScriptPart:
        part = ScriptPart(name, kind, "v1", sync_type=Setting("incremental"))
        where = f"{kind} `{name.text}`"
        body = Mapping("", 1, 1)
        if not isinstance(node, Scalar) or node.value is not None:
            body = self.mapping(node, where)
        for key, _ in body.entries.values():
            if key.text not in V1_KEYS:
                help = self.suggest(key.text, V1_KEYS) or "known keys: " + ", ".join(f"`{each}`" for each in V1_KEYS)
                self.found.add("NG101", f"unknown key `{key.text}` in {where}", key.span, help=help, severity="warning")
        self.lenient = True
        self.shared(part, body)
        self.lenient = False
        if kind == "action":
            part.description = _trimmed(part.description)
        if "returns" in body.entries:
            part.output = list(self.texts(body.get("returns"), "`returns`"))
        elif kind == "sync" and (body is node or (isinstance(node, Scalar) and node.value is None)):
            help = "add `returns:` with the model of the records it saves"
            self.found.add("NG109", f"{where} has no `returns` and is left out", name.span, help=help)
        return part

    def shared(self, part: ScriptPart, node: Mapping) -> None:
        """The keys that mean the same in every grammar."""
        if description := self.text(node.get("description"), "`description`", help="put it in quotes"):
            part.description = Setting(description.text, description.span)
        runs = node.get("runs")
        if not (self.lenient and isinstance(runs, Scalar) and runs.value is None):
            part.runs = self.text(runs, "`runs`", "text such as `every hour`")
        part.version = self.version(node.get("version"))
        part.track_deletes = self.boolean(node.get("track_deletes"), "`track_deletes`", False)
        part.auto_start = self.boolean(node.get("auto_start"), "`auto_start`", True)

    def version(self, node: Node | None) -> Spanned[str] | None:
        if node is None:
            return None
        if isinstance(node, Scalar):
            value = node.value
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            text = str(value) if isinstance(value, int) and not isinstance(value, bool) else node.text
            if _VERSION.fullmatch(text) and value is not None:
                return Spanned(text, node.span)
        if not isinstance(node, Scalar):
            self.wrong_kind(node, "`version`", "an integer or text such as `1.0.0`")
            return None
        digits = re.findall(r"[0-9]+", node.text)
        better = ".".join([*digits, "0", "0"][:3]) if digits else "1.0.0"
        help = f"write an integer or three numbers, such as `{better}`"
        severity: Severity | None = "warning" if self.lenient else None
        self.found.add("NG108", f"`{node.text}` is not a version", node.span, help=help, severity=severity)
        return None

    def sync_type(self, node: Node | None) -> Setting[SyncType]:
        choices: tuple[SyncType, ...] = ("full", "incremental")
        scalar = self.text(node, "`sync_type`", "`full` or `incremental`")
        for choice in choices:
            if scalar and scalar.text == choice:
                return Setting(choice, scalar.span)
        if scalar:
            help = self.suggest(scalar.text, choices) or "write `full` or `incremental`"
            self.found.add("NG106", f"`{scalar.text}` is not a sync type", scalar.span, help=help)
        return Setting("full")

    def scopes(self, node: Node | None) -> Iterator[Spanned[str]]:
        for scalar in self.texts(node, "`scopes`", help="put it in quotes"):
            if isinstance(node, Sequence):
                yield Spanned(scalar.text, scalar.span)
                continue
            start = 0
            for piece in scalar.text.split(","):
                word = piece.strip()
                first = start + piece.find(word)
                if word:
                    yield Spanned(word, scalar.span_of(first, first + len(word)))
                start += len(piece) + 1

    def endpoints(self, node: Node | None, kind: Kind) -> Iterator[EndpointPart]:
        if isinstance(node, Sequence):
            if kind == "action":
                self.wrong_kind(node, "an action's `endpoint`", "one endpoint", "declare an action for each endpoint")
                return
            for item in node.items:
                yield from self.endpoint(item)
        elif node is not None:
            yield from self.endpoint(node)

    def endpoint(self, node: Node) -> Iterator[EndpointPart]:
        if isinstance(node, Mapping):
            advice: Map[str, str] = {
                name: f"write `method: {name}` and `path: {value.text}`"
                for name, (_, value) in node.entries.items()
                if name.upper() in ("GET", "POST", "PUT", "PATCH", "DELETE") and isinstance(value, Scalar)
            }
            self.keys(node, ENDPOINT_KEYS, "an endpoint", advice=advice)
            if "path" not in node.entries and not advice:
                self.found.add("NG102", "the endpoint has no `path`", node.span, help="add a path, such as `/users`")
            yield EndpointPart(
                node,
                method=self.text(node.get("method"), "`method`"),
                path=self.text(node.get("path"), "`path`"),
                group=self.text(node.get("group"), "`group`"),
            )
        elif text := self.text(node, "an endpoint", "text such as `GET /users`, or a mapping"):
            yield EndpointPart(node, text=text)


def _entries(node: Node | None) -> dict[str, tuple[Scalar, Node]]:
    return node.entries if isinstance(node, Mapping) else {}


def _only(node: Mapping, known: Map[str, object]) -> Mapping:
    """A mapping without the keys that nothing knows, so that their values are not judged too."""
    left = Mapping(node.path, node.line, node.column)
    left.entries = {name: entry for name, entry in node.entries.items() if name in known}
    return left


def _is_empty(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.value == ""


def _trimmed(text: Setting[str]) -> Setting[str]:
    return Setting(text.value.strip(), text.span)


def _grammar_of(node: Node) -> Grammar:
    """How an integration is written."""
    if not isinstance(node, Mapping):
        return "v1"
    if node.entries.keys() & INTEGRATION_KEYS.keys():
        return "v2"
    for _, value in node.entries.values():
        if isinstance(value, Mapping) and value.entries.keys() & _FLAT_ONLY and "returns" not in value.entries:
            return "flat"
    return "v1"
