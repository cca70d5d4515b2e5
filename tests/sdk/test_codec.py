"""Both encoders say the same, and neither loses anything."""

from __future__ import annotations

import json
import math
import sys
from typing import Any

import pydantic_core
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_cli.sdk import SdkError, codec

assert pydantic_core

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec=None, categories=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(VALUES)
def test_values_come_back_as_they_were(value: Any) -> None:
    line = codec.encode(value)
    assert b"\n" not in line
    assert repr(codec.decode(line)) == repr(json.loads(line)) == repr(value)


@pytest.mark.parametrize(
    "value",
    [
        2**100,
        -(2**63) - 1,
        1e16,
        5e-324,
        0.1 + 0.2,
        -0.0,
        "𝄞 ü \u2028 \x00",
        "\ud800",
        "NaN",
        {"Infinity": "-Infinity"},
    ],
)
@pytest.mark.parametrize("fast", [True, False])
def test_corners(value: Any, fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not fast:
        monkeypatch.delitem(sys.modules, "pydantic_core")
    assert repr(codec.decode(codec.encode([value]))) == repr([value])
    assert repr(codec.decode(codec.encode(value, allow_nan=True))) == repr(value)


def test_depth() -> None:
    value: list[Any] = []
    for _ in range(400):
        value = [value]
    assert codec.decode(codec.encode(value)) == value


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_json_cannot_hold(value: float) -> None:
    with pytest.raises(SdkError, match="NaN or infinite"):
        codec.encode({"a": [value]})
    assert repr(codec.decode(codec.encode(value, allow_nan=True))) == repr(value)


@pytest.mark.parametrize("line", [b"", b"{", b"[1,]", b"\xff", b"garbage"])
def test_what_is_not_json(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"Expecting|codec|Illegal"):
        codec.decode(line)
