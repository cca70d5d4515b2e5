"""Types to pydantic's core schemas: closed, strict, and in the words of nango.yaml where they have to explain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, assert_never

from nango_cli.ir.types import Array, Literal, Object, Primitive, Ref, Type, Union

if TYPE_CHECKING:
    from pydantic_core import SchemaValidator
    from pydantic_core.core_schema import CoreSchema

UNDEFINED = ("undefined", "void")
"""What a value cannot be in JSON: a field of such a type may be absent."""

_READERS = (datetime.fromisoformat, date.fromisoformat)


def build(type_: Type, models: Mapping[str, Type]) -> SchemaValidator:
    """A validator of JSON values; `models` are those that a Ref may name."""
    from pydantic_core import SchemaValidator, core_schema

    needed: dict[str, Type] = {}
    _collect(type_, models, needed)
    definitions = [{**_schema(each), "ref": name} for name, each in needed.items()]
    return SchemaValidator(core_schema.definitions_schema(_schema(type_), definitions))  # type: ignore[arg-type]  # a copy with a ref is one of the union still


def words(type_: Type) -> str:
    """A type as one writes it in nango.yaml."""
    match type_:
        case Primitive(name=name):
            return name
        case Literal(value=bool() as value):
            return "true" if value else "false"
        case Literal(value=value):
            return str(value)
        case Ref(model=model):
            return model
        case Array(item=Union() as item):
            return f"({words(item)})[]"
        case Array(item=item):
            return f"{words(item)}[]"
        case Union(members=members):
            return " | ".join(words(member) for member in members)
        case Object():
            return "object"
        case _:
            assert_never(type_)


def _collect(type_: Type, models: Mapping[str, Type], needed: dict[str, Type]) -> None:
    match type_:
        case Ref(model=model):
            if model not in needed:
                needed[model] = models[model]
                _collect(models[model], models, needed)
        case Array(item=item):
            _collect(item, models, needed)
        case Union(members=members):
            for member in members:
                _collect(member, models, needed)
        case Object(fields=fields, extra=extra):
            for each in fields:
                _collect(each.type, models, needed)
            if extra is not None:
                _collect(extra, models, needed)
        case Primitive() | Literal():
            pass
        case _:
            assert_never(type_)


def _schema(type_: Type) -> CoreSchema:
    from pydantic_core import core_schema

    match type_:
        case Primitive():
            return _primitive(type_)
        case Literal():
            return _literal(type_)
        case Ref(model=model):
            return core_schema.definition_reference_schema(model)
        case Array(item=item):
            return core_schema.list_schema(_schema(item), strict=True)
        case Union():
            return _union(type_)
        case Object():
            return _object(type_)
        case _:
            assert_never(type_)


def _primitive(type_: Primitive) -> CoreSchema:
    from pydantic_core import core_schema

    match type_.name:
        case "string":
            return core_schema.str_schema(strict=True)
        case "number":
            return core_schema.float_schema(strict=True)
        case "integer" | "bigint":
            return core_schema.int_schema(strict=True)
        case "boolean":
            return core_schema.bool_schema(strict=True)
        case "date":
            return core_schema.no_info_plain_validator_function(_date)
        case "object":
            return core_schema.dict_schema(strict=True)
        case "array":
            return core_schema.list_schema(strict=True)
        case "any":
            return core_schema.any_schema()
        case "undefined" | "void" | "null":
            return core_schema.none_schema()
        case "never":
            return core_schema.no_info_plain_validator_function(_never)
        case _:
            assert_never(type_.name)


def _literal(type_: Literal) -> CoreSchema:
    from pydantic_core import core_schema

    value = type_.value
    kind: CoreSchema
    match value:  # the literal schema alone takes 1 for true
        case bool():
            kind = core_schema.bool_schema(strict=True)
        case str():
            kind = core_schema.str_schema(strict=True)
        case _:
            kind = core_schema.float_schema(strict=True)
    exact = core_schema.chain_schema([kind, core_schema.literal_schema([value])])
    return core_schema.custom_error_schema(exact, "literal", custom_error_message=f"`{words(type_)}`")


def _union(type_: Union) -> CoreSchema:
    from pydantic_core import core_schema

    some = [member for member in type_.members if not (isinstance(member, Primitive) and _is_nothing(member))]
    if len(some) == 1:  # the problems of the one other member say more than that the union does not fit
        return core_schema.nullable_schema(_schema(some[0]))
    return core_schema.union_schema(
        [_schema(member) for member in type_.members],
        custom_error_type="union",
        custom_error_message=f"`{words(type_)}`",
        mode="left_to_right",
    )


def _is_nothing(member: Primitive) -> bool:
    return member.name in ("null", *UNDEFINED)


def _object(type_: Object) -> CoreSchema:
    from pydantic_core import core_schema

    fields = {
        each.name.value: core_schema.typed_dict_field(
            _schema(each.type), required=not (each.optional or _may_be_undefined(each.type))
        )
        for each in type_.fields
    }
    if type_.extra is None:
        return core_schema.typed_dict_schema(fields, extra_behavior="forbid", strict=True)
    extra = _schema(type_.extra)
    return core_schema.typed_dict_schema(fields, extra_behavior="allow", extras_schema=extra, strict=True)


def _may_be_undefined(type_: Type) -> bool:
    if isinstance(type_, Union):
        return any(_may_be_undefined(member) for member in type_.members)
    return isinstance(type_, Primitive) and type_.name in UNDEFINED


def _date(value: Any) -> Any:
    if isinstance(value, str):
        for read in _READERS:
            try:
                read(value)
            except ValueError:
                continue
            return value
    from pydantic_core import PydanticCustomError

    raise PydanticCustomError("date", "a date such as 2025-01-31 or 2025-01-31T09:30:00Z")


def _never(value: Any) -> Any:
    from pydantic_core import PydanticCustomError

    raise PydanticCustomError("never", "nothing")
