"""Plain values to instances of the models that a script names, in annotations and in calls."""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, Union, cast, get_args, get_origin

from nango_cli.sdk.errors import SdkError

M = TypeVar("M")


def as_model(model: type[M], value: Any, what: str, code: str | None) -> M:
    """An instance of a model or dataclass, or of what is made of them, such as `list[Issue]` and `Issue | None`.

    A value for any other type is returned as it is. SdkError names every field that does not fit.
    """
    validate = _validator(model)
    if validate is None or (value is None and type(None) in get_args(model)):
        return cast(M, value)
    try:
        instance: M = validate(value)
    except ValueError as error:  # pydantic's ValidationError is one
        lines = [f"{'.'.join(path) or 'value'}: {message}" for path, message in _problems(error)]
        raise SdkError(f"{what} does not fit {_name(model)}: {'; '.join(lines) or error}", code=code) from error
    return instance


def problems(model: type[object], value: Any) -> list[tuple[list[str], str]]:
    """Where and why a value does not fit; nothing if it does."""
    validate = _validator(model)
    if validate is None:
        raise SdkError(f"{_name(model)} is not a model")
    try:
        validate(value)
    except ValueError as error:
        return _problems(error) or [([], str(error))]
    return []


def name_of(model: str | type, known: Sequence[str]) -> str:
    """The name in nango.yaml of a model that is given by name or by its class, whose name may be spelled otherwise."""
    if isinstance(model, str):
        return model
    name = model.__name__
    return name if name in known else next((each for each in known if _letters(each) == _letters(name)), name)


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def _problems(error: ValueError) -> list[tuple[list[str], str]]:
    found: list[Any] = getattr(error, "errors", list)()
    return [([str(part) for part in each["loc"]], each["msg"]) for each in found]


def _validator(model: Any) -> Callable[[Any], Any] | None:
    """What makes an instance out of a plain value, where there is something to make."""
    model = getattr(model, "__value__", model)  # an alias made by Python's `type` statement
    if get_origin(model) in (Union, types.UnionType):
        members = [each for each in get_args(model) if each is not type(None)]
        if len(members) == 1:
            return _validator(members[0])
    validate: Callable[[Any], Any] | None = getattr(model, "model_validate", None)
    if validate is None and _holds_models(model):
        from pydantic import TypeAdapter

        return TypeAdapter(model).validate_python
    return validate


def _holds_models(annotation: Any) -> bool:
    if isinstance(annotation, type) and not get_args(annotation):
        return hasattr(annotation, "model_validate") or dataclasses.is_dataclass(annotation)
    return any(map(_holds_models, get_args(annotation)))


def _name(model: Any) -> str:
    if isinstance(model, type) and not get_args(model):
        return model.__name__
    return re.sub(r"[\w.<>]+\.(?=\w)", "", str(model))
