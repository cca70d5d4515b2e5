"""Several processes, and processes that are killed. `processes.py` does it, this looks at what it says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")

PROGRAM = Path(__file__).with_name("processes.py")


def run(*arguments: object) -> str:
    command = [sys.executable, str(PROGRAM), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "locked" not in done.stderr
    return done.stdout


def test_killed_a_hundred_times(path):
    assert run("kill", path, 100).startswith("100 killed")


def test_two_write_the_same_records(path):
    assert run("together", path).startswith("Counts(")


def test_memory_stays_flat():
    early, late = map(int, run("memory", 300_000).split())
    assert late < 90e6
    assert late - early < 20e6
