"""`.nango/schema.json`: every model as JSON Schema (draft 7), as Nango's own tools write it (reference 3.3)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, assert_never

from nango_cli.generators.absence import is_never, without_undefined
from nango_cli.generators.generator import MARK, GeneratedFile
from nango_cli.generators.json_text import json_text
from nango_cli.ir.project import Model, Project
from nango_cli.ir.types import Array, Literal, Object, Primitive, PrimitiveName, Ref, Type, Union

Json = dict[str, Any]

_DEFINITIONS = "#/definitions/"
_PRIMITIVES: dict[PrimitiveName, Json] = {
    "string": {"type": "string"},
    "number": {"type": "number"},
    "integer": {"type": "number"},
    "bigint": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date-time"},
    "object": {"type": "object"},
    "array": {"type": "array", "items": {}},
    "any": {},
    "undefined": {"not": {}},
    "void": {"type": "null"},
    "never": {"not": {}},
    "null": {"type": "null"},
}
_NAMEABLE = frozenset({"string", "number", "integer", "bigint", "boolean", "null"})
"""What needs no more than a name in a list of types."""


def generate(project: Project) -> Iterator[GeneratedFile]:
    document = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": f"{MARK} from nango.yaml. Do not edit: change nango.yaml and generate again.",
        "definitions": definitions(project),
    }
    yield GeneratedFile(".nango/schema.json", json_text(document) + "\n")


def definitions(project: Project, base: str = _DEFINITIONS) -> dict[str, Json]:
    """The schema of each model by its name; references start with `base`."""
    return {model.name.value: _definition(model, base) for model in project.models}


def _definition(model: Model, base: str) -> Json:
    if model.anonymous:
        return {**schema(model.type, base), "deprecated": "It is recommended to use a Model"}
    return schema(model.type, base)


def schema(type_: Type, base: str = _DEFINITIONS) -> Json:
    """The schema of the values of a type."""
    match type_:
        case Primitive():
            return _PRIMITIVES[type_.name].copy()
        case Literal(value):
            return {"type": _kind(value), "const": value}
        case Ref(model):
            return {"$ref": base + model}
        case Array(item):
            return {"type": "array", "items": schema(item, base)}
        case Union(members):
            return _union(members, base)
        case Object():
            return _object(type_, base)
        case _:
            assert_never(type_)


def _object(body: Object, base: str) -> Json:
    if is_never(body):
        return {"not": {}}
    properties: Json = {}
    required = []
    for field in body.fields:
        if field.optional and body.extra is None and is_never(field.type):
            continue  # in a closed object, what is not named cannot be there
        type_, may_be_absent = without_undefined(field.type)
        properties[field.name.value] = schema(type_, base)
        if not (field.optional or may_be_absent):
            required.append(field.name.value)
    written: Json = {"type": "object"}
    if properties:
        written["properties"] = properties
    if required:
        written["required"] = required
    extra = schema(body.extra, base) if body.extra else False
    return written if extra == {} else {**written, "additionalProperties": extra}


def _union(members: tuple[Type, ...], base: str) -> Json:
    """One schema if one is left, a list of type names, an enum, or else `anyOf`: the shortest that says it."""
    some = [each for each in members if not is_never(each)]
    if len(some) < 2:
        return schema(some[0], base) if some else {"not": {}}
    forms = [schema(each, base) for each in some]
    names = {each.name for each in some if isinstance(each, Primitive)}
    values = [each.value for each in some if isinstance(each, Literal)]
    if len(values) + sum(isinstance(each, Primitive) for each in some) == len(some):
        kinds = list(dict.fromkeys(form.get("type") for form in forms))
        kind = kinds if len(kinds) > 1 else kinds[0]
        if not values and names <= _NAMEABLE:
            return {"type": kinds}
        if names <= {"string", "null"} and "string" in names and all(isinstance(value, str) for value in values):
            return {"type": kind}
        if names <= {"null"}:
            constants = [form.get("const") for form in forms]  # None for null
            return {"type": kind, "enum": list({json.dumps(each): each for each in constants}.values())}
    # Two objects stay two, and so do `void` and `null`: the same as in Nango's tools.
    different: dict[object, Json] = {}
    for each, form in zip(some, forms, strict=True):
        is_void = isinstance(each, Primitive) and each.name == "void"
        different.setdefault(id(each) if isinstance(each, Object) else (is_void, json.dumps(form)), form)
    written = list(different.values())
    return {"anyOf": written} if len(written) > 1 else written[0]


def _kind(value: bool | int | float | str) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "string" if isinstance(value, str) else "number"
