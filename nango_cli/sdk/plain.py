"""Python values to what JSON can say, and bodies that JSON cannot."""

from __future__ import annotations

import base64
import contextlib
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

from nango_cli.sdk.errors import SdkError

MOST_DIGITS = 4300  # of a whole number: Python writes and reads no longer ones
_SCALARS = frozenset((str, int, float, bool, type(None)))


def plain(value: Any, path: str) -> Any:
    """Models, dataclasses, dates and the like as JSON values; `path` names the value in errors."""
    try:
        return _plain(value)
    except _NotPlain as error:
        raise SdkError(f"{path}{''.join(reversed(error.path))} {error.message}") from None
    except RecursionError:
        raise SdkError(f"{path} holds itself, or is nested too deeply") from None
    except ValueError as error:
        if "Circular reference" not in str(error):  # which is what pydantic says of such a model
            raise
        raise SdkError(f"{path} holds itself") from None


def rows(records: Sequence[object], first: int) -> list[Any]:
    """The plain values of one or more records, of which the first has an index."""
    kind = type(records[0])
    dump = _dumper(kind)
    if dump is not None and all(type(record) is kind for record in records):
        with contextlib.suppress(ValueError):  # told below, with the record's place
            return [dump(record, mode="json", by_alias=True) for record in records]
    return [plain(record, f"records[{first + index}]") for index, record in enumerate(records)]


def with_article(value: object) -> str:
    """What a value is: `an int`, `a str`."""
    name = type(value).__name__
    return f"{'an' if name.lstrip('_')[:1].lower() in tuple('aeio') else 'a'} {name}"


class _NotPlain(Exception):
    """`path` leads from the value to the whole; it grows on the way up, as most values never need one."""

    def __init__(self, message: str) -> None:
        self.message = message
        self.path: list[str] = []


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _SCALARS:
        return value
    if kind is dict or isinstance(value, Mapping):
        return _dict(value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return _list(value)
    dump = _dumper(kind)
    if dump is not None:
        return dump(value, mode="json", by_alias=True)
    if isinstance(value, type):
        raise _NotPlain(f"is the class {value.__name__}, not an instance of one")
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", by_alias=True)
    if is_dataclass(value):
        return _dict((each.name, getattr(value, each.name)) for each in fields(value))
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, date | time):  # datetimes are dates too
        return value.isoformat()
    if isinstance(value, str | int | float):  # a subclass of one of them
        return next(kind(value) for kind in (str, int, float) if isinstance(value, kind))
    if isinstance(value, Decimal):
        return _number(value)
    if kind.__name__ == "UUID":  # the module is slow to import
        return str(value)
    raise _NotPlain(f"is {with_article(value)}, which JSON cannot hold")


def _number(value: Decimal) -> int | float:
    if not value.is_finite():
        raise _NotPlain("is NaN or infinite, which JSON cannot hold")
    if value.adjusted() >= MOST_DIGITS:
        raise _NotPlain(f"has more than {MOST_DIGITS} digits")
    return int(value) if value == value.to_integral_value() else float(value)


def _dict(items: Any) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, item in items:
        if type(key) is not str:
            key = _key(key)
        if type(item) not in _SCALARS:
            try:
                item = _plain(item)
            except _NotPlain as error:
                error.path.append(f".{key}")
                raise
        made[key] = item
    return made


def _list(items: Any) -> list[Any]:
    made: list[Any] = []
    for item in items:
        if type(item) not in _SCALARS:
            try:
                item = _plain(item)
            except _NotPlain as error:
                error.path.append(f"[{len(made)}]")
                raise
        made.append(item)
    return made


def _dumper(kind: type) -> Callable[..., Any] | None:
    """What `model_dump` of a pydantic model calls, unless the model has a `model_dump` of its own."""
    pydantic = sys.modules.get("pydantic")
    if pydantic is None or getattr(kind, "model_dump", None) is not pydantic.BaseModel.model_dump:
        return None
    dump: Callable[..., Any] = kind.__pydantic_serializer__.to_python  # type: ignore[attr-defined]  # see above
    return dump


def _key(key: Any) -> str:
    if isinstance(key, str):
        return str(key)
    if isinstance(key, int) and not isinstance(key, bool):
        return str(key)
    raise _NotPlain(f"has the key {key!r}; keys are text")


def pack_body(data: Any) -> dict[str, Any] | None:
    """A body as the channel carries it: `{"kind": "json" | "text" | "base64", "value": ...}`."""
    if data is None:
        return None
    if isinstance(data, str):
        return {"kind": "text", "value": data}
    if isinstance(data, bytes | bytearray | memoryview):
        return {"kind": "base64", "value": base64.b64encode(data).decode("ascii")}
    return {"kind": "json", "value": plain(data, "data")}


def unpack_body(body: dict[str, Any] | None) -> Any:
    """What `pack_body` packed."""
    if body is None:
        return None
    return base64.b64decode(body["value"]) if body["kind"] == "base64" else body["value"]
