"""Equal JSON, equal text."""

from __future__ import annotations

import pytest

from nango_cli.environments.store.canonical import decode, digest, encode

NESTED: dict[str, object] = {}
for _ in range(400):
    NESTED = {"a": NESTED}

SAME = {
    "order of keys": ({"b": 1, "a": {"d": 1, "c": 2}}, {"a": {"c": 2, "d": 1}, "b": 1}),
    "order of keys, beyond 64 bits": ({"b": 2**70, "a": 1}, {"a": 1, "b": 2**70}),
    "order of keys, unpaired surrogates": ({"b": "\ud800", "a": 1}, {"a": 1, "b": "\ud800"}),
}
DIFFERENT = {
    "order of items": ([1, 2], [2, 1]),
    "text and number": ({"id": 1}, {"id": "1"}),
    "beyond 64 bits": ({"id": 2**70}, {"id": 2**70 + 1}),
    "null and nothing": ({"a": None}, {}),
}
VALUES = {
    "text": {"a": "ü \u2028 \0 😀"},
    "long integers": {"a": [2**63, 2**64, 2**200, -(2**64)]},
    "unpaired surrogates": {"a": "x\udfffy", "b": "ü"},
    "nested": NESTED,
    "floats": {"a": [1.5, 1e300, 0.1]},
    "empty": {},
}


@pytest.mark.parametrize(("left", "right"), SAME.values(), ids=SAME)
def test_same(left, right):
    assert digest(encode(left)) == digest(encode(right))


@pytest.mark.parametrize(("left", "right"), DIFFERENT.values(), ids=DIFFERENT)
def test_different(left, right):
    assert digest(encode(left)) != digest(encode(right))


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_there_and_back(value):
    assert decode(encode(value)) == value


def test_form():
    assert encode({"b": [1, None], "a": "ü"}) == '{"a":"ü","b":[1,null]}'.encode()
    assert len(digest(b"")) == 16
