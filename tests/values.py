"""JSON values for the schemas that we generate: such as fit, and such as nearly do."""

from __future__ import annotations

from random import Random
from typing import Any

TEXTS = ["", "a", "open", "é漢", "line\nbreak", "1", "true", "null", "2026-01-02T03:04:05Z"]
NUMBERS = [0, 1, -1, 7, 1.5, -0.25, 10**12, 2.0]
DATES = ["2026-01-02T03:04:05Z", "2026-12-31T23:59:59.5+02:00", "1999-01-01T00:00:00.123Z"]
KEYS = ["a", "b", "from", "model_dump", "x y", "__string", "constructor", "1"]
_DEEP = 6


def sample(random: Random, schema: dict[str, Any], definitions: dict[str, Any], depth: int = 0) -> Any:
    """A value that fits; raises ValueError where none can be found."""
    if "$ref" in schema:
        return sample(random, definitions[schema["$ref"].rpartition("/")[2]], definitions, depth + 1)
    if "not" in schema:
        raise ValueError("no value fits")
    if "anyOf" in schema:
        members = random.sample(schema["anyOf"], k=len(schema["anyOf"]))
        if depth > _DEEP:
            members.sort(key=_weight)
        for member in members:
            try:
                return sample(random, member, definitions, depth + 1)
            except (ValueError, RecursionError):
                continue
        raise ValueError("no member fits")
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return random.choice(schema["enum"])
    if isinstance(schema.get("type"), list):
        return sample(random, {"type": random.choice(schema["type"])}, definitions, depth)
    match schema.get("type"):
        case "string":
            return random.choice(DATES if schema.get("format") else TEXTS)
        case "number":
            return random.choice(NUMBERS)
        case "boolean":
            return random.random() < 0.5
        case "null":
            return None
        case "array":
            return _array(random, schema, definitions, depth)
        case "object":
            return _object(random, schema, definitions, depth)
        case _:
            return random.choice([None, True, 1, 1.5, "x", [], {}, [1, {"a": None}], {"a": [1]}])


def spoil(random: Random, value: Any) -> Any:
    """The value with one thing changed, so that it may not fit any more."""
    if isinstance(value, dict) and value and random.random() < 0.9:
        key = random.choice(sorted(value))
        match random.randrange(4):
            case 0:
                return {name: each for name, each in value.items() if name != key}
            case 1:
                return {**value, random.choice([*KEYS, key + "x"]): random.choice([None, 1, "x"])}
            case _:
                return {**value, key: spoil(random, value[key])}
    if isinstance(value, list) and value and random.random() < 0.8:
        index = random.randrange(len(value))
        return [*value[:index], spoil(random, value[index]), *value[index + 1 :]]
    return random.choice([None, True, False, 0, 1, 1.5, "", "x", [], {}, [None], {"a": 1}])


def _array(random: Random, schema: dict[str, Any], definitions: dict[str, Any], depth: int) -> list[Any]:
    items = []
    for _ in range(0 if depth > _DEEP else random.choice([0, 1, 1, 2])):
        try:
            items.append(sample(random, schema["items"], definitions, depth + 1))
        except ValueError:
            break
    return items


def _object(random: Random, schema: dict[str, Any], definitions: dict[str, Any], depth: int) -> dict[str, Any]:
    if depth > 8 * _DEEP:
        raise ValueError("too deep")
    value = {}
    required = schema.get("required", [])
    for name, each in schema.get("properties", {}).items():
        if name in required:
            value[name] = sample(random, each, definitions, depth + 1)
        elif depth <= _DEEP and random.random() < 0.6:
            try:
                value[name] = sample(random, each, definitions, depth + 1)
            except ValueError:
                continue
    extra = schema.get("additionalProperties", {})
    for name in random.sample(KEYS, k=random.choice([0, 0, 1, 2])) if extra is not False and depth <= _DEEP else []:
        if name not in schema.get("properties", {}):
            try:
                value[name] = sample(random, extra, definitions, depth + 1)
            except ValueError:
                break
    return value


def _weight(schema: dict[str, Any]) -> int:
    return 2 if "$ref" in schema else 1 if schema.get("type") in ("object", "array") else 0
