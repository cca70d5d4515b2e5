"""Names of nango.yaml as names of Python: kept as they are wherever Python allows it."""

from __future__ import annotations

import builtins
import keyword
import re

_RESERVED = frozenset(name for name in dir(builtins) if name.islower())
# Attributes of pydantic's BaseModel that a field would hide.
_MODEL_ATTRIBUTES = frozenset({"construct", "copy", "dict", "from_orm", "json", "schema", "validate"})


def class_name(name: str) -> str:
    """The class of a model; a name that Python reserves gets an underscore at its end, a digit one at its start."""
    if keyword.iskeyword(name) or name in _RESERVED:
        return f"{name}_"
    return name if name.isidentifier() and not name.startswith("__") else f"_{name.lstrip('_')}"


def field_name(name: str) -> str:
    """The attribute of a field: the field's own name unless Python or pydantic cannot have it."""
    plain = re.sub(r"\W", "_", name).lstrip("_") or "field"
    if plain[0].isdigit():
        plain = f"field_{plain}"
    reserved = keyword.iskeyword(plain) or plain in _MODEL_ATTRIBUTES or plain.startswith("model_")
    return f"{plain}_" if reserved else plain


def pascal_case(name: str) -> str:
    """A field's name as the part of a class name: `head_ref` is `HeadRef`."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", name))


def unused(name: str, taken: set[str]) -> str:
    """The name, or the first of `name_2`, `name_3` ... that nobody has; it is taken from then on."""
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name}_{number}"
    taken.add(candidate)
    return candidate
