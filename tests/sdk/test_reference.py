"""The reference says what the docstrings say."""

from __future__ import annotations

import importlib.util
from pathlib import Path


def test_the_page_is_up_to_date() -> None:
    script = Path(__file__).parents[2] / "scripts" / "sdk_reference.py"
    spec = importlib.util.spec_from_file_location("sdk_reference", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.FILE.read_text() == module.text(), "run `python scripts/sdk_reference.py`"
