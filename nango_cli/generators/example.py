"""What values of a model look like, for people: JSON with `<string>` where text stands, and `?` after optional keys."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, assert_never

from nango_cli.generators.absence import without_undefined
from nango_cli.generators.json_text import json_text
from nango_cli.ir.types import Array, Field, Literal, Object, Primitive, PrimitiveName, Ref, Type, Union

Models = Mapping[str, Type]

_PRIMITIVES: dict[PrimitiveName, str] = {"integer": "number", "bigint": "number", "date": "Date", "array": "any[]"}
_MOST_FIELDS = 300  # of a model that is written out; models beyond get examples of their own
_MOST_LEVELS = 6


def examples(models: Models, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The names of models and their examples, and then those of the models that these examples only name."""
    todo = deque(dict.fromkeys(names))
    seen = set(todo)
    while todo:
        name = todo.popleft()
        writer = _Writer(models)
        yield name, json_text(writer.value(models[name], (name,)))
        todo += [each for each in writer.named if each not in seen]
        seen.update(writer.named)


def type_text(type_: Type) -> str:
    """A type in the words of nango.yaml."""
    return _Writer({}).text(type_)


class _Writer:
    """Writes one example. A model is written out where it is referred to, except within itself and in a union."""

    def __init__(self, models: Models) -> None:
        self.models = models
        self.named: dict[str, None] = {}
        self.fields = 0

    def value(self, type_: Type, path: tuple[str, ...]) -> Any:
        """The example as a JSON value; `path` has the models around it."""
        match type_:
            case Literal(value):
                return value
            case Object(fields, extra):
                self.fields += len(fields)
                written = dict(self.field(field, path) for field in fields)
                return {**written, **({"[key: string]": self.value(extra, path)} if extra else {})}
            case Ref(model) if self.opens(model, path):
                return self.value(self.models[model], (*path, model))
            case Array(item) if self.spreads(item, path):
                return [self.value(item, path)]
            case Union(members) if values := _constants(members):
                return f"<enum: {' | '.join(values)}>"
            case _:
                return f"<{self.text(type_)}>"

    def field(self, field: Field, path: tuple[str, ...]) -> tuple[str, Any]:
        type_, may_be_absent = without_undefined(field.type)
        return f"{field.name.value}{'?' if field.optional or may_be_absent else ''}", self.value(type_, path)

    def opens(self, model: str, path: tuple[str, ...]) -> bool:
        return model not in path and len(path) < _MOST_LEVELS and self.fields < _MOST_FIELDS

    def spreads(self, item: Type, path: tuple[str, ...]) -> bool:
        """Whether a list is shown with an item in it."""
        match item:
            case Object() | Literal():
                return True
            case Ref(model):
                return self.opens(model, path)
            case Array(inner):
                return self.spreads(inner, path)
            case _:
                return False

    def text(self, type_: Type) -> str:
        match type_:
            case Primitive(name):
                return _PRIMITIVES.get(name, name)
            case Literal(value):
                return f"'{value}'" if isinstance(value, str) else json.dumps(value)
            case Ref(model):
                self.named.setdefault(model)
                return model
            case Array(Union() as item):
                return f"({self.text(item)})[]"
            case Array(item):
                return f"{self.text(item)}[]"
            case Union(members):
                return " | ".join(dict.fromkeys(map(self.text, members)))
            case Object(fields, extra):
                written = [
                    f"{each.name.value}{'?' if each.optional else ''}: {self.text(each.type)}" for each in fields
                ]
                return f"{{{', '.join([*written, *([f'[key: string]: {self.text(extra)}'] if extra else [])])}}}"
            case _:
                assert_never(type_)


def _constants(members: Iterable[Type]) -> list[str]:
    """The members as text if they are constants, and maybe null; else none."""
    constants = [each for each in members if isinstance(each, Literal)]
    others = [each for each in members if not isinstance(each, Literal)]
    if not constants or not all(isinstance(each, Primitive) and each.name == "null" for each in others):
        return []
    return list(dict.fromkeys(map(type_text, members)))
