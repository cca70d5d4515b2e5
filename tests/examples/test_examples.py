"""The project in nango-integrations: every script is clean, runs, and has a recording that still says the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Nango
from examples.bench import PROJECT
from examples.report import Report
from recordings.conftest import VARYING, same

SCRIPTS = [(each.name.value, script.name.value) for each in PROJECT.integrations for script in each.scripts]


@pytest.mark.parametrize("command", [["check", "--strict"], ["compile"], ["generate", "--check"]], ids=" ".join)
def test_the_project_is_clean(command: list[str], example: Path, nango: Nango) -> None:
    result = nango(*command, cwd=example)
    assert (result.status, result.out, result.err) == (0, "", "")


def test_what_is_committed_of_every_run_is_what_comes_of_its_replay(example: Path, nango: Nango) -> None:
    result = nango("test", "--format", "json", cwd=example)
    assert (result.status, len(json.loads(result.out)["data"]["scripts"])) == (0, len(SCRIPTS)), result.err


@pytest.mark.parametrize(("integration", "script"), SCRIPTS)
def test_a_recording_replays_and_is_true(integration: str, script: str, example: Path, nango: Nango) -> None:
    def report(*arguments: str) -> Report:
        chosen = ("dryrun", script, *arguments, "--integration-id", integration)
        result = nango(*chosen, "--format", "json", cwd=example)
        found: Report = json.loads(result.out)
        assert result.status == 0, found["diagnostics"]
        for name in VARYING:
            found["data"].pop(name)
        return found

    recording = example / integration / "tests" / f"{script}.test.json"
    assert recording.exists(), "record it: nango dryrun SCRIPT demo --save"
    committed = json.loads(recording.read_text(encoding="utf-8"))
    replayed = report("--replay")
    given = ["--input", json.dumps(committed["input"])] if "input" in committed else []
    recorded = report("demo", "--save", *given)
    for name in ("records", "output", "counts", "pages"):
        assert replayed["data"][name] == recorded["data"][name], f"{name}: record it again"

    (example / "local.yaml").unlink()  # from here on there is nothing to connect to
    first, second = report("--replay"), report("--replay")
    assert json.dumps(first) == json.dumps(second)
    same(recorded, first)
