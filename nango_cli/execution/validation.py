"""Whether values fit the project's models: every problem, each with its path."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from nango_cli.diagnostics.source import Span
from nango_cli.diagnostics.suggest import nearest
from nango_cli.execution.schema import UNDEFINED, build
from nango_cli.ir.project import Model
from nango_cli.ir.types import Array, Object, Ref, Type, Union

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails, SchemaValidator

_EXPECTED = {
    "string_type": "a string",
    "float_type": "a number",
    "int_type": "an integer",
    "bool_type": "true or false",
    "dict_type": "an object",
    "list_type": "a list",
    "none_required": "null",
}
_NAME = re.compile(r"[A-Za-z_$][\w$]*\Z")
_EXCERPT = 60
_NOWHERE = Span("", 1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Problem:
    """`path` leads to the value, such as `records[3].head.ref`; `message` stands on its own after it."""

    path: str
    message: str


class Validation:
    """Checks values against the models of one project; what a model needs is built when it is first asked for."""

    def __init__(self, models: Iterable[Model]) -> None:
        self._models: Mapping[str, Type] = {model.name.value: model.type for model in models}
        self._validators: dict[tuple[str, bool], SchemaValidator] = {}
        self._lists: dict[str, SchemaValidator] = {}

    def warm_up(self) -> None:
        """Load what checking takes, at a time when nobody waits for it."""
        import_module("pydantic_core")

    def all_fit(self, model: str, values: list[Any]) -> bool:
        """Whether every one of the values is a `model`: one look at many, where `check` says why one is not."""
        from pydantic_core import SchemaError, ValidationError

        validator = self._lists.get(model)
        try:
            if validator is None:
                validator = self._lists[model] = build(Array(Ref(model, _NOWHERE), _NOWHERE), self._models)
            validator.validate_python(values)
        except (SchemaError, ValidationError):
            return False
        return True

    def check(self, model: str, value: Any, path: str, *, partial: bool = False) -> tuple[Problem, ...]:
        """Every reason why a JSON value is not a `model`; with `partial`, any of its fields may be missing."""
        from pydantic_core import ValidationError

        type_ = self._type(model, partial)
        validator = self._validators.get((model, partial))
        if validator is None:
            validator = self._validators[model, partial] = build(type_, self._models)
        try:
            validator.validate_python(value)
        except ValidationError as error:
            found = error.errors(include_url=False, include_context=False)
            return tuple(self._problem(each, type_, path) for each in found)
        return ()

    def _type(self, model: str, partial: bool) -> Type:
        type_ = self._models[model]
        if partial and isinstance(type_, Object):
            return replace(type_, fields=tuple(replace(each, optional=True) for each in type_.fields))
        return type_

    def _problem(self, error: ErrorDetails, type_: Type, path: str) -> Problem:
        location, value = error["loc"], error["input"]
        where = path + "".join(map(_step, location))
        match error["type"]:
            case "missing":
                return Problem(where, "is missing")
            case "extra_forbidden":
                owner = self._at(type_, location[:-1])
                names = [each.name.value for each in owner.fields] if isinstance(owner, Object) else []
                guess = nearest(str(location[-1]), names)
                return Problem(where, "is not a field of the model" + (f"; did you mean `{guess}`?" if guess else ""))
            case kind:
                message = f"expected {_EXPECTED.get(kind) or error['msg']}, got {_show(value)}"
        if value is None and self._may_be_absent(type_, location):
            message += "; leave the field out instead"
        return Problem(where, message)

    def _at(self, type_: Type, location: tuple[int | str, ...]) -> Type | None:
        """The type at a place; None inside a union, where it is a matter of opinion."""
        for step in location:
            type_ = self._follow(type_)
            match type_:
                case Array(item=item):
                    type_ = item
                case Object(fields=fields, extra=extra):
                    named = next((each.type for each in fields if each.name.value == step), extra)
                    if named is None:
                        return None
                    type_ = named
                case _:
                    return None
        return self._follow(type_)

    def _follow(self, type_: Type) -> Type:
        while isinstance(type_, Ref):
            type_ = self._models[type_.model]
        if isinstance(type_, Union):
            members = [each for each in type_.members if getattr(each, "name", None) not in ("null", *UNDEFINED)]
            return self._follow(members[0]) if len(members) == 1 else type_
        return type_

    def _may_be_absent(self, type_: Type, location: tuple[int | str, ...]) -> bool:
        owner = self._at(type_, location[:-1]) if location else None
        return isinstance(owner, Object) and any(
            each.optional for each in owner.fields if each.name.value == location[-1]
        )


def _step(step: int | str) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _NAME.match(step) else f"[{json.dumps(step, ensure_ascii=False)}]"


def _show(value: Any) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    text = json.dumps(value, ensure_ascii=False)
    text = text if len(text) <= _EXCERPT else text[:_EXCERPT] + '..."'
    kind = "the number " if isinstance(value, int | float) and not isinstance(value, bool) else ""
    return f"{kind}{text}"
