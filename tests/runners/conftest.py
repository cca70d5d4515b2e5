from __future__ import annotations

from pathlib import Path

import pytest
from runners.guest import MODELS, Guests


@pytest.fixture
def guests(tmp_path: Path) -> Guests:
    made = Guests(tmp_path / "project")
    made.write("models.py", MODELS)
    return made
