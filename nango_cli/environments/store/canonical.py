"""One text for one JSON value, so that equal records have equal hashes.

Object keys are sorted and nothing is padded. Integers beyond 64 bits, unpaired surrogates and very deep nesting, which
orjson refuses, take the standard library's way; such a text begins with a space, which JSON allows, and is read back
the same way, as orjson would read a long integer as a float.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

import orjson

HASH_SIZE = 16  # bytes

_SORTED = orjson.OPT_SORT_KEYS
_SLOW = b" "


def encode(value: Any) -> bytes:
    try:
        return orjson.dumps(value, option=_SORTED)
    except TypeError:
        return _SLOW + json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def decode(data: bytes) -> Any:
    return json.loads(data) if data.startswith(_SLOW) else orjson.loads(data)


def digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=HASH_SIZE).digest()
