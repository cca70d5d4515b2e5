"""Recordings of Nango's own tools, replayed by ports of the scripts that they were made with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import Nango
from corpus import ROOT

from nango_cli.recordings import unified

RECORDINGS = ROOT.parent / "recordings"
PORTS = Path(__file__).parent / "ports"

pytestmark = pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the corpus is not beside this checkout")


def recordings() -> list[Path]:
    return sorted(RECORDINGS.glob("*.test.json"))


@pytest.mark.parametrize("path", recordings(), ids=lambda path: path.name)
def test_every_request_has_the_hash_that_is_written_beside_it(path: Path) -> None:
    cassette = unified.read(json.loads(path.read_text()))
    assert cassette.exchanges
    for exchange in cassette.exchanges:
        assert exchange.request.hash == exchange.hash, exchange.request


@pytest.mark.parametrize(
    ("integration", "script", "model"),
    [("instantly", "custom-tags", "CustomTag"), ("make", "teams", "Team"), ("todoist", "list-labels", None)],
)
def test_a_port_does_the_same(integration: str, script: str, model: str | None, tmp_path: Path, nango: Nango) -> None:
    project = shutil.copytree(PORTS, tmp_path / "nango-integrations", ignore=shutil.ignore_patterns("__pycache__"))
    recording = project / integration / "tests" / f"{script}.test.json"
    recording.parent.mkdir()
    shutil.copyfile(RECORDINGS / f"{integration}--{script}.test.json", recording)
    recorded = json.loads(recording.read_text())
    result = nango("dryrun", script, "--replay", "--validate", "--format", "json", cwd=project)
    report = json.loads(result.out)
    assert result.status == 0, report["diagnostics"]
    if model is None:
        assert report["data"]["output"] == recorded["output"]
        return
    written = report["data"]["records"].get(model, {})
    assert written["save"] == recorded["nango"]["batchSave"][model]
    assert written.get("delete", []) == recorded["nango"]["batchDelete"][model]
