"""What a type says about the value not being there: never, absent or null."""

from __future__ import annotations

from nango_cli.ir.types import Object, Primitive, Type, Union


def is_never(type_: Type) -> bool:
    """Whether no value can have the type: `never`, and an object that must have such a field.

    A model that is referred to is not looked into.
    """
    match type_:
        case Primitive():
            return type_.name == "never"
        case Union():
            return all(map(is_never, type_.members))
        case Object():
            return any(not field.optional and is_never(field.type) for field in type_.fields)
        case _:
            return False


def is_undefined(type_: Type) -> bool:
    return isinstance(type_, Primitive) and type_.name == "undefined"


def without_undefined(type_: Type) -> tuple[Type, bool]:
    """The type of a field that is there, and whether `undefined` lets it be absent; `undefined` alone stays."""
    match type_:
        case Primitive():
            return type_, type_.name == "undefined"
        case Union(members, span):
            left = tuple([each for each in members if not is_undefined(each)])
            if len(left) == len(members):
                return type_, False
            if not left:
                return members[0], True
            return (Union(left, span) if len(left) > 1 else left[0]), True
        case _:
            return type_, False


def allows_null(type_: Type) -> bool:
    """Whether null is a value of the type, so that it differs from being absent."""
    match type_:
        case Primitive():
            return type_.name in ("null", "void", "any")
        case Union():
            return any(map(allows_null, type_.members))
        case _:
            return False
