"""Names of nango.yaml as names of Python: kept as they are wherever Python allows it."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Callable, Collection, Iterable
from unicodedata import normalize

_RESERVED = frozenset(name for name in dir(builtins) if name.islower())
# Attributes of pydantic's BaseModel that a field would hide.
_MODEL_ATTRIBUTES = frozenset(
    {"construct", "copy", "dict", "from_orm", "json", "parse_file", "parse_obj", "parse_raw", "schema", "schema_json"}
    | {"update_forward_refs", "validate"}
)


def class_name(name: str) -> str:
    """The class of a model; a name that Python reserves gets an underscore at its end, a digit one at its start."""
    if keyword.iskeyword(name) or name in _RESERVED:
        return f"{name}_"
    return name if name.isidentifier() and not name.startswith("__") else f"_{name.lstrip('_')}"


def field_name(name: str, reserved: Collection[str] = ()) -> str:
    """The attribute of a field: the field's own name unless Python, pydantic or an annotation needs it."""
    plain = "".join(each if f"a{each}".isidentifier() else "_" for each in normalize("NFKC", name))
    plain = plain.lstrip("_") or "field"
    if not plain.isidentifier():
        plain = f"field_{plain}"
    while keyword.iskeyword(plain) or plain in reserved or _is_of_base_model(plain):
        plain += "_"
    return plain


def _is_of_base_model(name: str) -> bool:
    return name in _MODEL_ATTRIBUTES or (name.startswith("model_") and not name.endswith("_"))


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


def distinct(names: Iterable[str], convert: Callable[[str], str], taken: set[str]) -> dict[str, str]:
    """Each name converted, no two alike; names that stay as they are come first, so that nothing pushes them aside."""
    written = {name: convert(name) for name in names}
    kept = {name: unused(name, taken) for name, plain in written.items() if plain == name}
    return {name: kept.get(name) or unused(plain, taken) for name, plain in written.items()}
