"""Real projects beside the checkout, which tests use when they are there."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "shared" / "corpus" / "projects"
PROJECTS = sorted(each.name for each in ROOT.iterdir()) if ROOT.is_dir() else []

needs_corpus = pytest.mark.skipif(not PROJECTS, reason="the corpus of real projects is not beside this checkout")


def text(project: str) -> str:
    return (ROOT / project / "nango.yaml").read_text(encoding="utf-8")
