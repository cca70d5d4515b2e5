"""Random projects, as the compiler could have made them."""

from __future__ import annotations

from random import Random

from nango_cli.diagnostics.source import Span, Spanned
from nango_cli.ir.project import Model, Project
from nango_cli.ir.types import Array, Field, Literal, Object, Primitive, PrimitiveName, Ref, Type, Union

HERE = Span("nango.yaml", 1, 1, 1, 1)
PRIMITIVES: list[PrimitiveName] = [
    *["string", "number", "integer", "boolean", "bigint", "date", "object"],
    *["any", "array", "undefined", "void", "never", "null"],
]
VALUES = [True, False, 0, 1, 7, -1, 1.5, "a", "open", "", "it's", 'say "x"', "1", "true"]
FIELDS = ["id", "from", "from_", "a-b", "a_b", "model_dump", "copy", "str", "list", "M0", "Model", "", "é", "1", "_x"]
NAMES = ["M0", "M1", "list", "class", "1a", "Model", "Date", "M0X", "Any", "m0"]


def project(random: Random) -> Project:
    names = random.sample(NAMES, k=random.randint(1, 5))
    models = [Model(Spanned(name, HERE), _object(random, names, 3)) for name in names]
    anonymous = [
        Model(Spanned(f"Anonymous_{index}", HERE), type_(random, names, 2), anonymous=True)
        for index in range(random.randint(0, 2))
    ]
    return Project(models=(*models, *anonymous))


def type_(random: Random, names: list[str], depth: int) -> Type:
    match random.randrange(10 if depth else 6):
        case 0 | 1 | 2:
            return Primitive(random.choice(PRIMITIVES), HERE)
        case 3 | 4:
            return Literal(random.choice(VALUES), HERE)
        case 5:
            return Ref(random.choice(names), HERE)
        case 6:
            return Array(type_(random, names, depth - 1), HERE)
        case 7 | 8:
            parts = [type_(random, names, depth - 1) for _ in range(random.randint(2, 4))]
            members = [each for part in parts for each in (part.members if isinstance(part, Union) else (part,))]
            return Union(tuple(members), HERE)
        case _:
            return _object(random, names, depth - 1)


def _object(random: Random, names: list[str], depth: int) -> Object:
    fields = [
        Field(Spanned(name, HERE), type_(random, names, depth), random.random() < 0.4)
        for name in random.sample(FIELDS, k=random.randint(0, 4))
    ]
    return Object(tuple(fields), type_(random, names, depth) if random.random() < 0.25 else None, HERE)
