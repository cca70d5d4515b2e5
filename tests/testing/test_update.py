"""`--nango-update` takes over what comes of a replay, and touches nothing else."""

from __future__ import annotations

import json
import re

import pytest
from testing.conftest import LATEST_FILE, PULLS_FILE, Bench

LATEST_PY = "github/actions/latest.py"
PULLS_PY = "github/syncs/pulls.py"
SAVE = "        nango.batch_save("


def update(bench: Bench, *arguments: str) -> list[str]:
    """The recordings that are said to be rewritten; the tests pass, and do so without the option."""
    ran = bench.pytest("-q", "--nango-update", *arguments)
    assert ran.status == 0, ran.out
    assert bench.pytest("-q", *(each for each in arguments if each != "-n2")).status == 0
    return [line.removeprefix("rewrote ") for line in ran.out.splitlines() if line.startswith("rewrote ")]


def test_records_and_a_checkpoint(bench: Bench) -> None:
    before = bench.recording()
    bench.edit(PULLS_PY, 'title=each["title"]', 'title=each["title"].upper()')
    bench.edit(PULLS_PY, 'page[-1]["number"]', '-page[-1]["number"]')
    assert update(bench, "-n2") == [PULLS_FILE]
    after = bench.recording()
    for each in before["nango"]["batchSave"]["Pull"]:
        each["title"] = each["title"].upper()
    before["nango-cli"]["checkpoint_saved"]["last"] *= -1
    assert json.dumps(after) == json.dumps(before), "the order of the keys, too"


def test_updates_and_deletes(bench: Bench) -> None:
    changed = {"id": "1", "title": "", "state": ""}
    lines = f'        nango.batch_update([{changed}])\n        nango.batch_delete([{{"id": "2"}}])\n'
    bench.edit(PULLS_PY, SAVE, lines + SAVE)
    before = bench.recording()
    assert update(bench, PULLS_FILE) == [PULLS_FILE]
    after = bench.recording()
    assert after["nango-cli"].pop("batchUpdate") == {"Pull": [changed] * 4}
    assert [each["id"] for each in after["nango"].pop("batchDelete")["Pull"]] == ["2"] * 4
    del before["nango"]["batchDelete"]
    assert after == before


def test_an_output(bench: Bench) -> None:
    bench.edit(LATEST_PY, 'found["title"]', '"new"')
    bench.write("github/tests/test_github_latest.py", _MODULE)
    assert update(bench, "github/tests/test_github_latest.py") == [LATEST_FILE]
    found = bench.recording(LATEST_FILE)
    assert found["output"]["title"] == "new"
    assert list(found) == ["input", "output", "nango", "api", "nango-cli"]


def test_an_output_that_was_not_there(bench: Bench) -> None:
    found = bench.recording(LATEST_FILE)
    output = found.pop("output")
    bench.record(LATEST_FILE, found)
    assert update(bench, LATEST_FILE) == [LATEST_FILE]
    assert list(bench.recording(LATEST_FILE)) == ["input", "output", "nango", "api", "nango-cli"]
    assert bench.recording(LATEST_FILE)["output"] == output


def test_what_has_not_changed_is_left_alone(bench: Bench) -> None:
    found = bench.recording()
    found["nango"]["batchSave"]["Pull"].reverse()
    bench.record(PULLS_FILE, found)
    before = (bench.root / PULLS_FILE).stat().st_mtime_ns
    assert update(bench) == []
    assert (bench.root / PULLS_FILE).stat().st_mtime_ns == before


def test_a_recording_of_another_tool_keeps_what_it_knows_of(bench: Bench) -> None:
    found = bench.recording()
    del found["nango-cli"]
    found["nango"]["getConnection"] = {"metadata": {"team": "blue"}, "provider": "github"}
    found["nango"]["theirs"] = found["theirs"] = {"note": "é"}
    bench.record(PULLS_FILE, found)
    assert update(bench, PULLS_FILE) == [], "it knows nothing of checkpoints, so they are no difference"
    bench.edit(PULLS_PY, 'title=each["title"]', 'title="new"')
    assert update(bench, PULLS_FILE) == [PULLS_FILE]
    for each in found["nango"]["batchSave"]["Pull"]:
        each["title"] = "new"
    assert bench.recording() == found


def test_no_other_character_changes(bench: Bench) -> None:
    found = bench.recording(LATEST_FILE)
    title, whole = found["output"]["title"], json.dumps(found, indent="\t", ensure_ascii=False)
    odd = '"number": 0.12345678901234567891234, "a": 1e400, "b": -0, "c": 1.10, "c": "\\u00e9", "number": '
    before = "\ufeff" + whole.replace('"number": ', odd).replace("\n", "\r\n")
    assert odd in before
    (bench.root / LATEST_FILE).write_bytes(before.encode())
    bench.edit(LATEST_PY, 'found["title"]', '"new"')
    assert update(bench, LATEST_FILE) == [LATEST_FILE]
    after = (bench.root / LATEST_FILE).read_bytes().decode()
    assert after == before.replace(f'"title": "{title}"', '"title": "new"', 1)


def test_it_is_as_if_it_were_recorded_again(bench: Bench) -> None:
    bench.edit(PULLS_PY, SAVE, f'        nango.batch_update([{{"id": "1", "title": "", "state": ""}}])\n{SAVE}')
    bench.edit(PULLS_PY, 'title=each["title"]', 'title="new"')
    assert update(bench, PULLS_FILE) == [PULLS_FILE]
    after = (bench.root / PULLS_FILE).read_text()
    assert bench.nango("dryrun", "pulls", "demo", "--save", "--lastSyncDate", "2026-01-31").status == 0
    assert lasting(after) == lasting((bench.root / PULLS_FILE).read_text())


def lasting(text: str) -> list[str]:
    """The lines that are the same in every recording of a run."""
    return [
        line
        for line in text.splitlines()
        if not re.search(r'"now"|"url"|127\.0\.0\.1|"created_at"|"date"|"hash"', line)
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('raise ValueError("no")', "error NG601: the script raised ValueError: no"),
        ('nango.batch_save([{"id": 1}])', "error NG602"),
        ('nango.get(ProxyConfiguration(endpoint="/x"))', "error NG610"),
        (
            f'nango.batch_save([{{"id": "1", "title": "ghp_{"a1" * 18}", "state": ""}}])',
            "error NG611: not saved: there is a GitHub token at",
        ),
    ],
    ids=["raises", "invalid", "not recorded", "secret"],
)
def test_nothing_is_taken_over_of_a_run_that_failed(line: str, said: str, bench: Bench) -> None:
    before = (bench.root / PULLS_FILE).read_text()
    bench.edit(PULLS_PY, SAVE, f"        {line}\n{SAVE}")
    ran = bench.pytest("-q", "--nango-update", PULLS_FILE)
    assert ran.status == 1
    assert said in ran.out
    assert (bench.root / PULLS_FILE).read_text() == before


def test_nor_of_one_that_started_otherwise(bench: Bench) -> None:
    before = (bench.root / PULLS_FILE).read_text()
    bench.edit(PULLS_PY, 'page[-1]["number"]', "0")
    bench.write(
        "github/tests/test_github_pulls.py",
        "def test_it(nango_replay):\n    assert nango_replay(last_sync_date=None).checkpoint == {'last': 0}\n",
    )
    assert update(bench, "github/tests/test_github_pulls.py") == []
    assert (bench.root / PULLS_FILE).read_text() == before


_MODULE = "def test_it(nango_replay):\n    run = nango_replay()\n    assert run.result == run.recorded\n"
