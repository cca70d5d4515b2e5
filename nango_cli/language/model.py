"""The `models` section: fields, nested objects and inheritance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from unicodedata import normalize

from nango_cli.diagnostics.diagnostic import Label
from nango_cli.diagnostics.source import Span, Spanned
from nango_cli.ir.graph import cycles, infinite
from nango_cli.ir.project import Model
from nango_cli.ir.types import Array, Field, Literal, Object, Primitive, Type, Union
from nango_cli.language.reader import Reader
from nango_cli.language.syntax import Mapping, Node, Scalar, Sequence, collections
from nango_cli.language.type_expr import PRIMITIVES, TypeReader

_NAME = re.compile(r"[a-zA-Z0-9_]+")
_EXTENDS = ("__extends", "__extends?")
_MAX_INHERITED_FIELDS = 100_000


class ModelReader:
    def __init__(self, reader: Reader, types: TypeReader) -> None:
        self.reader = reader
        self.found = reader.found
        self.types = types
        self.done: dict[str, Object] = {}
        self.circular: set[Span] = set()  # the places of `__extends` that close a circle
        self.inherited = 0

    def models(self, section: Mapping) -> dict[str, Model]:
        """Every model by name, in the order declared, with the fields that it inherits."""
        bodies: dict[str, Mapping] = {}
        for name, (key, node) in section.entries.items():
            if not _NAME.fullmatch(name):
                plain = re.sub("[^a-zA-Z0-9_]", "", normalize("NFKD", name)) or "Model"
                help = f"use the letters A to Z, digits and `_`, as in `{plain}`"
                self.found.add("NG203", f"`{name}` is not a model name", key.span, help=help)
            body = self.reader.mapping(node, f"model `{name}`", "a mapping of fields", "write `{}` for no fields")
            bodies[name] = body if body is node else Mapping(key.path, key.line, key.column)
        for name in self.parents_first(bodies):
            self.done[name] = self.object(bodies[name], section.entries[name][0])
        models = {}
        for name, (key, _) in section.entries.items():
            own = _extends(bodies[name])
            parents = tuple(self.parents(own)) if own else ()
            models[name] = Model(Spanned(name, key.span), self.done[name], parents)
        self.report_cycles(models)
        return models

    def parents_first(self, bodies: dict[str, Mapping]) -> list[str]:
        """The models in an order in which each comes after those it extends, here or in a nested object."""
        edges = {
            name: [
                parent
                for node in collections(body)
                if isinstance(node, Mapping) and (own := _extends(node))
                for parent in self.parents(own)
            ]
            for name, body in bodies.items()
        }
        order: dict[str, None] = {}
        for root in bodies:
            trail = [root] if root not in order else []
            on_trail = set(trail)
            while trail:
                name = trail[-1]
                ahead = None
                for parent in edges[name]:
                    if parent.value in on_trail:
                        self.report_extends_cycle(name, parent)
                    elif parent.value not in order:
                        ahead = parent.value
                        break
                if ahead is None:
                    order[name] = None
                    on_trail.discard(trail.pop())
                else:
                    trail.append(ahead)
                    on_trail.add(ahead)
        return list(order)

    def report_extends_cycle(self, name: str, parent: Spanned[str]) -> None:
        self.circular.add(parent.span)
        through = "" if parent.value == name else f" through `{parent.value}`"
        help = "remove one `__extends` of the circle"
        self.found.add("NG205", f"`{name}` extends itself{through}", parent.span, help=help)

    def parents(self, node: Node) -> Iterator[Spanned[str]]:
        """The models that `__extends` names; those that do not exist are reported."""
        if isinstance(node, Sequence):
            names = ", ".join(each.text for each in node.items if isinstance(each, Scalar))
            help = f"write `__extends: {names or 'Base'}`"
            self.reader.wrong_kind(node, "`__extends`", "text", help)
            return
        scalar = self.reader.text(node, "`__extends`", "the names of models, as in `__extends: Base, Other`")
        start = 0
        for piece in scalar.text.split(",") if scalar else ():
            name = piece.strip()
            first = start + len(piece) - len(piece.lstrip())
            start += len(piece) + 1
            span = scalar.span_of(first, first + len(name)) if scalar else node.span
            if self.types.is_model(name):
                if span not in self.circular:
                    yield Spanned(name, span)
            elif not name:
                help = "name models, with one comma between two"
                self.found.add("NG204", "`__extends` has a name missing", span, help=help)
            else:
                near = self.reader.suggest(name, self.types.names)
                help = "name models that stand under `models`, with commas between them"
                if near is None and _NAME.fullmatch(name) and not self.types.is_primitive(name):
                    help = f"declare `{name}` under `models`"
                self.found.add("NG204", f"`__extends` names `{name}`, which is no model", span, help=near or help)

    def object(self, node: Mapping, owner: Scalar) -> Object:
        """A complete object: own fields win, then those of earlier parents; a replaced field keeps its place."""
        fields: dict[str, Field] = {}
        own: dict[str, Scalar] = {}
        extra: Type | None = None
        for text, (key, value) in node.entries.items():
            if text in _EXTENDS:
                for parent in self.parents(value):
                    inherited = self.done[parent.value]
                    if self.too_much(len(inherited.fields), parent.span):
                        break
                    for each in inherited.fields:
                        fields.setdefault(each.name.value, each)
                    extra = inherited.extra or extra
                continue
            optional = len(text) > 1 and text.endswith("?")
            name = text[:-1] if optional else text
            type_ = self.type(value, key)
            if name in own:
                labels = [Label(own[name].span, "first declared here")]
                help = "remove one, or rename it"
                self.found.add("NG213", f"the field `{name}` is declared twice", key.span, help=help, labels=labels)
                continue
            own[name] = key
            if name == "__string":
                extra = type_
            else:
                fields[name] = Field(Spanned(name, key.span_of(0, len(name))), type_, optional)
        return Object(tuple(fields.values()), extra, node.span if node.entries else owner.span)

    def type(self, node: Node, key: Scalar) -> Type:
        """The type that a field's value spells, in any of its forms."""
        if isinstance(node, Scalar) and (name := PRIMITIVES.get(node.text)):  # two of three
            return Primitive(name, node.span)
        if isinstance(node, Mapping):
            return self.object(node, key)
        if isinstance(node, Sequence):
            if not node.items:
                help = "name what the list holds, as in `[string]`, or write `array` for anything"
                self.found.add("NG206", "an empty list is not a type", node.span, help=help)
                return Array(Primitive("any", node.span), node.span)
            members: list[Type] = []
            for item in node.items:
                type_ = self.type(item, key)
                members += type_.members if isinstance(type_, Union) else [type_]
            return Array(members[0] if len(members) == 1 else Union(tuple(members), node.span), node.span)
        match node.value:
            case None:
                return Primitive("null", node.span)
            case float(number) if not isfinite(number):
                self.found.add("NG206", f"`{node.text}` is not a type", node.span, help="write `number`")
                return Primitive("number", node.span)
            case float(number) if number.is_integer():
                return Literal(int(number), node.span)
            case bool(value) | int(value) | float(value):
                return Literal(value, node.span)
        return self.types.read(node)

    def too_much(self, fields: int, span: Span) -> bool:
        """Whether chains of inheritance multiply fields beyond all use; said once."""
        before, self.inherited = self.inherited, self.inherited + fields
        if before <= _MAX_INHERITED_FIELDS < self.inherited:
            help = "shorten the chains of `__extends`"
            self.found.add("NG006", "the models inherit too many fields", span, help=help)
        return self.inherited > _MAX_INHERITED_FIELDS

    def report_cycles(self, models: dict[str, Model]) -> None:
        endless = infinite(models.values())
        for group in cycles(models.values()):
            first, *others = group
            names = " and ".join(f"`{model.name.value}`" for model in group[:4])
            labels = [Label(model.name.span, "part of the circle") for model in others[:4]]
            subject = f"the models {names}" if others else f"the model {names}"
            if first.name.value in endless:
                help = "make a field of the circle optional, or a list"
                self.found.add("NG211", f"{subject} can have no value", first.name.span, help=help, labels=labels)
            else:
                verb = "refer to each other" if others else "refers to itself"
                self.found.add("NG210", f"{subject} {verb}", first.name.span, labels=labels)


def _extends(node: Mapping) -> Node | None:
    return next((value for key in _EXTENDS if (value := node.get(key))), None)
