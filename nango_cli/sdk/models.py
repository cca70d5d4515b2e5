"""Plain values to instances of the models that a script's annotations name."""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Callable
from typing import Any, TypeVar, Union, get_args, get_origin

from nango_cli.sdk.errors import SdkError

M = TypeVar("M")


def as_model(model: type[M], value: Any, what: str) -> M:
    """An instance of a pydantic model; SdkError names every field that does not fit. Other types get the value."""
    validate = getattr(model, "model_validate", None)
    if validate is None:
        plain_value: M = value
        return plain_value
    try:
        instance: M = validate(value)
    except ValueError as error:  # pydantic's ValidationError is one
        problems: list[Any] = getattr(error, "errors", list)()
        lines = [f"{'.'.join(map(str, each['loc'])) or 'value'}: {each['msg']}" for each in problems]
        text = "; ".join(lines) or str(error)
        raise SdkError(f"{what} does not fit {model.__name__}: {text}") from error
    return instance


def as_annotated(function: Callable[..., Any], parameter: inspect.Parameter, value: Any, what: str) -> Any:
    """The value as the parameter's annotation wants it, when that is a model or `Model | None`."""
    annotation = _resolve(function, parameter.annotation)
    if get_origin(annotation) in (Union, types.UnionType):
        members = [each for each in get_args(annotation) if each is not type(None)]
        if len(members) != 1 or value is None:
            return value
        annotation = members[0]
    return as_model(annotation, value, what) if isinstance(annotation, type) else value


def _resolve(function: Callable[..., Any], annotation: Any) -> Any:
    """The annotation's object; a name imported for type checkers only is looked up in `models`."""
    if not isinstance(annotation, str):
        return annotation
    names = {**vars(sys.modules.get("models", types)), **getattr(function, "__globals__", {})}
    try:
        return eval(annotation, names)
    except Exception:  # whatever an annotation may do; it is there for readers first
        return None
