"""What generated models stand on: strict base classes and the types that pydantic has no word for."""

from __future__ import annotations

import re
import typing
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    Strict,
    WrapValidator,
    model_serializer,
)
from pydantic_core import CoreSchema, core_schema


class Model(BaseModel):
    """A model of nango.yaml: no field it does not declare, no silent conversion, wire names in and out.

    Only the constructor takes names of Python too: `Task(from_="x")`.
    """

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        defer_build=True,  # a project imports hundreds of models and uses a few
        serialize_by_alias=True,
        protected_namespaces=(),
        allow_inf_nan=False,  # JSON has neither
    )

    def __init__(self, /, **data: Any) -> None:
        self.__pydantic_validator__.validate_python(data, self_instance=self, by_alias=True, by_name=True)

    # As pydantic's own: nested data is validated without calling the constructor, so under wire names alone.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]  # how pydantic knows such a constructor


class SparseModel(Model):
    """A model with an optional field that may be null: a dump leaves it out if it was never set."""

    @model_serializer(mode="wrap")
    def _without_unset(self, dump: SerializerFunctionWrapHandler, info: SerializationInfo) -> dict[str, object]:
        # pydantic reads that annotation where the model is, and a model may be called `Any`
        data: dict[str, object] = dump(self)
        if not isinstance(self, SparseModel):  # pydantic tries the members of a union in turn
            return data
        fields = type(self).model_fields
        for name in fields.keys() - self.model_fields_set:
            alias = fields[name].serialization_alias
            data.pop(name if alias is None or info.by_alias is False else alias, None)
        return data


class _Moment(datetime):
    """A point in time that remembers how it was written."""

    text: str


_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d.*)?", re.ASCII)


def _read(value: object, validate: Callable[[object], datetime]) -> datetime:
    if isinstance(value, str) and _WRITTEN.fullmatch(value):
        read = validate(value)
        moment = _Moment.combine(read, read.timetz())
        moment.text = value
        return moment
    if isinstance(value, datetime):
        return validate(value)
    raise ValueError("expected an ISO 8601 date and time")


def _write(value: datetime) -> str:
    text: str | None = getattr(value, "text", None)
    return text or value.isoformat().replace("+00:00", "Z")


Date: TypeAlias = Annotated[
    datetime,
    Strict(False),
    WrapValidator(_read),
    PlainSerializer(_write, when_used="json"),
]
"""A point in time, written as ISO 8601 text in JSON; text that was read is written as it was."""


class Exact:
    """The metadata of a constant: unlike `Literal` alone, it holds 1 and True apart, and knows fractions.

    Without values they are those of the `Literal` that is annotated.
    """

    def __init__(self, *values: float) -> None:
        self.values = values

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        values = self.values = self.values or typing.get_args(source)
        constants = {(isinstance(value, bool), value): value for value in values}

        def constant(value: object, validate: object) -> object:
            if isinstance(value, int | float) and (isinstance(value, bool), value) in constants:
                return constants[isinstance(value, bool), value]
            raise ValueError("expected " + " or ".join(repr(each) for each in values))

        # The schema inside serves for dumping only: it lets a union tell what is a constant and what is not.
        return core_schema.no_info_wrap_validator_function(constant, core_schema.literal_schema(list(values)))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"enum": list(self.values)}


class _Nothing:
    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(_refuse, core_schema.none_schema())

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"not": {}}


def _refuse(value: object, validate: object) -> typing.NoReturn:
    raise ValueError("no value is allowed here")


Never: TypeAlias = Annotated[typing.Never, _Nothing()]
"""The type that no value has."""


def optional(wire_name: str | None = None) -> Any:
    """The default of a field that may be absent: None, which a dump leaves out."""
    return Field(default=None, exclude_if=_is_none, validation_alias=wire_name, serialization_alias=wire_name)


def _is_none(value: object) -> bool:
    return value is None
