"""The project in nango-integrations, in a folder of its own, and its scripts run there as a person would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Nango
from examples.bench import copied
from examples.report import Report, Run


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return copied(tmp_path)


@pytest.fixture
def run(example: Path, nango: Nango) -> Run:
    """Dry-runs a script for the connection `demo`: what is told of it, and the `messages` of what went wrong."""

    def call(script: str, *options: str, input: Any = None, metadata: Any = None, status: int = 0) -> Report:
        given = [("--input", input), ("--metadata", metadata)]
        values = [part for name, value in given if value is not None for part in (name, json.dumps(value))]
        result = nango("dryrun", script, "demo", *options, *values, "--format", "json", cwd=example)
        report = json.loads(result.out)
        assert result.status == status, report["diagnostics"]
        return {**report["data"], "messages": [each["message"] for each in report["diagnostics"]]}

    return call
