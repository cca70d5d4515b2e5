"""Types as annotations of Python: the fold, and what it needs of the module around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import assert_never

from nango_cli.generators.absence import without_undefined
from nango_cli.generators.python_layout import Annotation, Subscript, either
from nango_cli.ir.types import Array, Literal, Object, Primitive, PrimitiveName, Ref, Type, Union

BASE = "nango_cli.sdk.pydantic_model"

IMPORTED = {
    "Annotated": "typing",
    "Any": "typing",
    "Literal": "typing",
    "TypeAlias": "typing",
    "Date": BASE,
    "Exact": BASE,
    "Model": BASE,
    "Never": BASE,
    "SparseModel": BASE,
    "optional": BASE,
    "Field": "pydantic",
}
"""What generated modules import, and from where; beside the SDK."""

BUILTINS = frozenset({"bool", "dict", "float", "int", "list", "str"})
"""What annotations use without importing it."""

_PRIMITIVES: dict[PrimitiveName, Annotation] = {
    "string": "str",
    "number": either("int", "float"),
    "integer": "int",
    "boolean": "bool",
    "bigint": "int",
    "void": "None",
    "null": "None",
}

_SPECIAL = re.compile(r"[\\'\"]")

Name = Callable[[str], str]
"""Imports one of IMPORTED and says what it is called here."""

Nested = Callable[[Object, str], str]
"""Writes the class of an object that has no name, after a suggestion, and says what it is called."""


def annotation(type_: Type, suggestion: str, name: Name, classes: dict[str, str], nested: Nested) -> Annotation:
    """A type in Python; `classes` are those of the models."""
    if isinstance(type_, Primitive):  # two of three
        return _primitive(type_.name, name)

    def fold(type_: Type, suggestion: str) -> Annotation:
        match type_:
            case Primitive(primitive):
                return _primitive(primitive, name)
            case Literal():
                return either(*_literals([type_], name))
            case Ref(model):
                return classes[model]
            case Array(item):
                return Subscript("list", (fold(item, suggestion + "Item"),))
            case Union():
                return union(type_, suggestion)
            case Object(fields=(), extra=extra) if extra is not None:
                return Subscript("dict", ("str", fold(extra, suggestion + "Value")))
            case Object():
                return nested(type_, suggestion)
            case _:
                assert_never(type_)

    def union(type_: Union, suggestion: str) -> Annotation:
        """The members in order, with all literals together where the first of them stands."""
        some, _ = without_undefined(type_)
        if not isinstance(some, Union):
            return fold(some, suggestion)
        literals = [each for each in some.members if isinstance(each, Literal)]
        members: list[Annotation] = []
        for each in some.members:
            if not isinstance(each, Literal):
                members.append(fold(each, suggestion))
            elif each is literals[0]:
                members += _literals(literals, name)
        return either(*members)

    return fold(type_, suggestion)


def _primitive(primitive: PrimitiveName, name: Name) -> Annotation:
    match primitive:
        case "date":
            return name("Date")
        case "object":
            return Subscript("dict", ("str", name("Any")))
        case "array":
            return Subscript("list", (name("Any"),))
        case "any":
            return name("Any")
        case "never" | "undefined":  # as a field's own type, undefined never gets here
            return name("Never")
        case _:
            return _PRIMITIVES[primitive]


def _literals(literals: list[Literal], name: Name) -> list[Annotation]:
    """Text; whole numbers, true and false, which pydantic must be told to hold apart; and fractions."""
    texts = [quoted(each.value) for each in literals if isinstance(each.value, str)]
    whole = [repr(each.value) for each in literals if isinstance(each.value, int)]
    fractions = [repr(each.value) for each in literals if isinstance(each.value, float)]
    written: list[Annotation] = []
    if texts:
        written.append(Subscript(name("Literal"), tuple(dict.fromkeys(texts))))
    if whole:
        values = Subscript(name("Literal"), tuple(dict.fromkeys(whole)))
        written.append(Subscript(name("Annotated"), (values, f"{name('Exact')}()")))
    if fractions:
        exact = f"{name('Exact')}({', '.join(dict.fromkeys(fractions))})"
        written.append(Subscript(name("Annotated"), ("float", exact)))
    return written


def quoted(text: str) -> str:
    """A text as Python writes it, in double quotes unless the others save more escapes."""
    if text.isprintable() and not _SPECIAL.search(text):
        return f'"{text}"'
    quote = "'" if text.count('"') > text.count("'") else '"'
    body = "".join(f"\\{each}" if each == quote else each if each in "'\"" else repr(each)[1:-1] for each in text)
    return f"{quote}{body}{quote}"
