"""Does it mean something? A document's names linked and its types read: the project.

Whatever is wrong is reported and replaced by something sound (`any` for a type, nothing for a name), so no reference in
the project dangles and one bad model never hides the next problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from nango_cli.diagnostics.diagnostic import Diagnostics, Label, Severity
from nango_cli.diagnostics.source import Span, Spanned
from nango_cli.ir.project import Action, Endpoint, Integration, Model, OnEvent, Project, Schedule, Sync
from nango_cli.ir.types import Ref, Union
from nango_cli.language import schedule_expr
from nango_cli.language.document import Document, IntegrationPart, ScriptPart
from nango_cli.language.endpoint_expr import EndpointReader
from nango_cli.language.model import ModelReader
from nango_cli.language.reader import Reader
from nango_cli.language.syntax import Scalar
from nango_cli.language.type_expr import TypeReader

_UNNAMEABLE = re.compile(r"[^A-Za-z0-9_]")


def resolve(document: Document, found: Diagnostics) -> Project:
    return _Resolver(document, found).project()


class _Resolver(Reader):
    def __init__(self, document: Document, found: Diagnostics) -> None:
        super().__init__(found)
        self.document = document
        self.types = TypeReader(self, document.models.entries)
        self.models: dict[str, Model] = {}
        self.anonymous: dict[str, Model] = {}
        self.numbers: dict[str, int] = {}  # of the last anonymous model of each name
        self.endpoints = EndpointReader(self, self.types)

    def project(self) -> Project:
        self.models = ModelReader(self, self.types).models(self.document.models)
        integrations = tuple([self.integration(part) for part in self.document.integrations])
        return Project(integrations, (*self.models.values(), *self.anonymous.values()))

    def integration(self, part: IntegrationPart) -> Integration:
        syncs: list[Sync] = []
        actions: list[Action] = []
        saved: dict[str, Span] = {}  # models that an earlier sync saves or takes, by place
        for script in part.scripts:
            if script.kind == "action":
                actions.append(self.action(script, part.name))
            elif script.grammar != "v1" or script.output is not None:
                syncs.append(self.sync(script, part.name, saved))
        self.duplicate_endpoints([*[(s, s.endpoints) for s in syncs], *[(a, (a.endpoint,)) for a in actions]])
        return Integration(
            _spanned(part.name),
            tuple(syncs),
            tuple(actions),
            tuple([OnEvent(_spanned(name), _spanned(event)) for event, name in part.on_events]),
            tuple(map(_spanned, part.post_connection_scripts)),
        )

    def sync(self, part: ScriptPart, integration: Scalar, saved: dict[str, Span]) -> Sync:
        output = [name for each in part.output or () if (name := self.saved_model(each))]
        for each in output:
            if each.value in saved:
                labels = [Label(saved[each.value], "already used here")]
                message = f"the model `{each.value}` is used by another sync of `{integration.text}`"
                if saved[each.value] in {other.span for other in part.output or ()}:
                    message = f"the model `{each.value}` is an output of this sync twice"
                help = "give each sync a model of its own: records are stored by model"
                self.found.add("NG209", message, each.span, help=help, labels=labels)
            saved.setdefault(each.value, each.span)
        endpoints = tuple([each for each in map(self.endpoints.sync, part.endpoints) if each])
        if part.countable and len(part.output or ()) != len(part.endpoints):
            self.endpoint_count(part)
        given = self.input(part, integration)
        if given is not None:
            saved.setdefault(given.value, given.span)
        return Sync(
            name=_spanned(part.name),
            description=part.description,
            schedule=self.schedule(part),
            sync_type=part.sync_type,
            track_deletes=part.track_deletes,
            auto_start=part.auto_start,
            version=part.version,
            input=given,
            output=tuple(output),
            scopes=tuple(part.scopes),
            endpoints=endpoints,
            webhook_subscriptions=tuple(map(_spanned, part.webhook_subscriptions)),
        )

    def action(self, part: ScriptPart, integration: Scalar) -> Action:
        output: dict[str, Spanned[str]] = {}
        for each in part.output or ():
            name = self.type_name(each, part, integration, "output")
            if name.value in output:
                labels = [Label(output[name.value].span, "first listed here")]
                self.found.add("NG209", f"`{name.value}` is listed twice", name.span, labels=labels, help="remove one")
            output.setdefault(name.value, name)
        endpoints = [each for each in map(self.endpoints.action, part.endpoints) if each]
        return Action(
            name=_spanned(part.name),
            description=part.description,
            version=part.version,
            input=self.input(part, integration),
            output=None if part.output is None else tuple(output.values()),
            scopes=tuple(part.scopes),
            endpoint=endpoints[0] if endpoints else None,
        )

    def saved_model(self, scalar: Scalar) -> Spanned[str] | None:
        """The model that a sync's output names; None, with a diagnostic, if it names none."""
        word = scalar.text.strip()
        model = self.models.get(word)
        if model is None:
            self.not_a_model(scalar, word)
            return None
        if not any(field.name.value == "id" for field in model.fields):
            labels = [Label(model.name.span, "declared here")]
            help = f"add a field `id` to `{word}`: it is what tells one record from another"
            self.found.add("NG208", f"the model `{word}` has no field `id`", scalar.span, labels=labels, help=help)
        return Spanned(word, scalar.span)

    def not_a_model(self, scalar: Scalar, word: str) -> None:
        if re.fullmatch(r"[0-9]*[A-Za-z_][A-Za-z0-9_]*", word) and not self.types.is_primitive(word):
            near = self.nearest(word, self.types.names)
            help = f"declare `{word}` under `models`"
            if near is not None:
                span = self.models[near].name.span
                help = f"did you mean `{near}`? (defined at {span})"
            self.found.add("NG201", f"model `{word}` is not defined", scalar.span, help=help)
            return
        item = word.removesuffix("[]")
        help = "declare a model with an `id` and name it here"
        if item in self.models:
            help = f"write `{item}`: what a sync saves is always a list of records"
        self.found.add("NG214", f"a sync's output must name a model, not `{word}`", scalar.span, help=help)

    def input(self, part: ScriptPart, integration: Scalar) -> Spanned[str] | None:
        return self.type_name(part.input, part, integration, "input") if part.input else None

    def type_name(self, scalar: Scalar, part: ScriptPart, integration: Scalar, role: str) -> Spanned[str]:
        """The model that an input or output names, or an anonymous one for the type that is written there."""
        if scalar.text in self.models:
            return _spanned(scalar)
        known = len(self.found)
        type_ = self.types.read(scalar)
        if isinstance(type_, Ref):
            return Spanned(type_.model, scalar.span)
        if len(self.found) == known and not isinstance(type_, Union):
            help = "declare a model, and name it here, to give it a name and fields"
            self.found.add("NG212", f"the {role} is the bare type `{scalar.text}`", scalar.span, help=help)
        kind = "sync" if part.grammar == "v1" else part.kind
        words = [_UNNAMEABLE.sub("", word) for word in (integration.text, kind, part.name.text, role)]
        name = base = "_".join(["Anonymous", *words])
        while name in self.models or (name in self.anonymous and self.anonymous[name].name.span != scalar.span):
            self.numbers[base] = self.numbers.get(base, 1) + 1
            name = f"{base}_{self.numbers[base]}"
        self.anonymous[name] = Model(Spanned(name, scalar.span), type_, anonymous=True)
        return Spanned(name, scalar.span)

    def schedule(self, part: ScriptPart) -> Spanned[Schedule] | None:
        if part.runs is None or (part.grammar == "v1" and not part.runs.text):
            return None
        text = part.runs.text
        schedule = schedule_expr.parse(text)
        # Nothing ever looked at the schedules of the old grammar, so a file with a bad one still has to load.
        severity: Severity | None = "warning" if part.grammar == "v1" else None
        if schedule is None:
            better = schedule_expr.correction(text)
            help = f"did you mean `{better}`?" if better else "write an interval, such as `every 5 minutes`"
            message = f"`{text}` is not a schedule" if text else "the schedule is empty"
            self.found.add("NG305", message, part.runs.span, help=help, severity=severity)
            return Spanned(Schedule(text, 0.0), part.runs.span)
        if schedule.seconds < schedule_expr.MINIMUM_SECONDS:
            message = f"`{text}` is more often than the {schedule_expr.MINIMUM_SECONDS}s minimum"
            help = f"write `every {schedule_expr.MINIMUM_SECONDS}s` or longer"
            self.found.add("NG304", message, part.runs.span, help=help, severity=severity)
        return Spanned(schedule, part.runs.span)

    def endpoint_count(self, part: ScriptPart) -> None:
        endpoints, outputs = len(part.endpoints), len(part.output or ())
        message = f"sync `{part.name.text}` has {_count(endpoints, 'endpoint')} for {_count(outputs, 'output')}"
        labels = [Label(each.node.span, "endpoint") for each in part.endpoints]
        labels += [Label(each.span, "output") for each in part.output or ()]
        help = "write one endpoint for each model, in the same order"
        self.found.add("NG306", message, part.name.span, help=help, labels=labels)

    def duplicate_endpoints(self, scripts: Iterable[tuple[Sync | Action, Iterable[Endpoint | None]]]) -> None:
        first: dict[tuple[str, str], tuple[Span, str]] = {}
        for script, endpoints in scripts:
            for endpoint in endpoints:
                if endpoint is None:
                    continue
                key = (endpoint.method.value, endpoint.path.value)
                if key in first:
                    span, owner = first[key]
                    labels = [Label(span, f"first used by `{owner}`")]
                    message = f"the endpoint `{endpoint.method.value} {endpoint.path.value}` is used twice"
                    help = "endpoints are unique within an integration: change one"
                    self.found.add("NG303", message, endpoint.path.span, labels=labels, help=help)
                first.setdefault(key, (endpoint.path.span, script.name.value))


def _spanned(scalar: Scalar) -> Spanned[str]:
    return Spanned(scalar.text, scalar.span)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
