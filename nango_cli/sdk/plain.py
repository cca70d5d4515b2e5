"""Python values to what JSON can say, and bodies that JSON cannot."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

from nango_cli.sdk.errors import SdkError


def plain(value: Any, path: str) -> Any:
    """Models, dataclasses, dates and the like as JSON values; `path` names the value in errors."""
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, Mapping):
        return {_key(key, path): plain(item, f"{path}.{key}") for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item, f"{path}[{index}]") for index, item in enumerate(value)]
    if hasattr(value, "model_dump"):  # a pydantic model
        return value.model_dump(mode="json", by_alias=True)
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name), f"{path}.{each.name}") for each in fields(value)}
    if isinstance(value, Enum):
        return plain(value.value, path)
    if isinstance(value, date | time):  # datetimes are dates too
        return value.isoformat()
    if isinstance(value, str | int | float):  # a subclass of one of them
        return next(kind(value) for kind in (str, int, float) if isinstance(value, kind))
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if type(value).__name__ == "UUID":  # the module is slow to import
        return str(value)
    raise SdkError(f"{path} is a {type(value).__name__}, which JSON cannot hold")


def _key(key: Any, path: str) -> str:
    if isinstance(key, str):
        return key
    if isinstance(key, int) and not isinstance(key, bool):
        return str(key)
    raise SdkError(f"{path} has the key {key!r}; keys are text")


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
