"""The types that models and scripts are made of: a closed sum, taken apart with `match` and `assert_never`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as Choice

from nango_cli.diagnostics.source import Span, Spanned

PrimitiveName = Choice[
    "string",
    "number",
    "integer",
    "boolean",
    "bigint",
    "date",
    "object",
    "any",
    "array",
    "undefined",
    "void",
    "never",
    "null",
]


@dataclass(frozen=True, slots=True)
class Primitive:
    """A built-in type; `array` and `object` say nothing of what is in them."""

    name: PrimitiveName
    span: Span
    kind: Choice["primitive"] = "primitive"


@dataclass(frozen=True, slots=True)
class Literal:
    """Exactly this value; floats are finite. `quoted` says that its author put quotes around it."""

    value: bool | int | float | str
    span: Span
    quoted: bool = False
    kind: Choice["literal"] = "literal"


@dataclass(frozen=True, slots=True)
class Ref:
    """A model of the same project; the resolver leaves none that names nothing."""

    model: str
    span: Span
    kind: Choice["ref"] = "ref"


@dataclass(frozen=True, slots=True)
class Array:
    item: Type
    span: Span
    kind: Choice["array"] = "array"


@dataclass(frozen=True, slots=True)
class Union:
    """One of two or more types, in the order written; members are never unions themselves."""

    members: tuple[Type, ...]
    span: Span
    kind: Choice["union"] = "union"


@dataclass(frozen=True, slots=True)
class Field:
    name: Spanned[str]
    type: Type
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Object:
    """Named fields, and `extra`: the type of every other field, or None when there may be no other."""

    fields: tuple[Field, ...]
    extra: Type | None
    span: Span
    kind: Choice["object"] = "object"


Type = Primitive | Literal | Ref | Array | Union | Object
