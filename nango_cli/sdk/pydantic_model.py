"""What generated models stand on: one strict base class and the types that pydantic has no word for."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict


class Model(BaseModel):
    """A model of nango.yaml: no field it does not declare, no silent conversion, wire names in and out."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        defer_build=True,  # a project imports hundreds of models and uses a few
        populate_by_name=True,
        serialize_by_alias=True,
        protected_namespaces=(),
    )


def _only_text(value: object) -> object:
    if isinstance(value, datetime | str):
        return value
    raise ValueError("expected an ISO 8601 date and time")


Date: TypeAlias = Annotated[datetime, Strict(False), BeforeValidator(_only_text)]
"""A point in time, written as ISO 8601 text in JSON."""


def optional(wire_name: str | None = None) -> Any:
    """The default of a field that may be absent: None, which a dump leaves out."""
    return Field(default=None, exclude_if=_is_none, validation_alias=wire_name, serialization_alias=wire_name)


def _is_none(value: object) -> bool:
    return value is None
