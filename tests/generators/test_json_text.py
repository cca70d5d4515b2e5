"""Our encoder writes what Python's does."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from nango_cli.generators.json_text import json_text

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@given(VALUES)
def test_it_is_the_text_of_the_standard_library(value):
    assert json_text(value) == json.dumps(value, indent=2, ensure_ascii=False)
