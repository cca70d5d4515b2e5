"""`nango_replay` in tests that are written by hand."""

from __future__ import annotations

import json
import re

import pytest
from testing.conftest import LATEST_FILE, PULLS_FILE, Bench

LATEST = "github/tests/test_github_latest.py"
PULLS = "github/tests/test_github_pulls.py"


def test_what_came_of_a_run(bench: Bench) -> None:
    bench.write(
        PULLS,
        """
        def test_it(nango_replay):
            run = nango_replay()
            assert run.result == run.recorded
            assert not run.result != run.recorded
            assert len(run.saved["Pull"]) == 7
            assert (run.updated, run.deleted, run.output) == ({}, {"Pull": []}, None)
            assert run.checkpoint == {"last": 3}
            assert [(each.level, each.text) for each in run.logs] == [("info", "since 2026-01-31 00:00:00+00:00 blue")]
            assert [(each.method, each.status) for each in run.requests] == [("GET", 200)] * 4
            assert run.requests[0].url.endswith("/repos/octo-org/hello-world/pulls?per_page=2")


        def test_another(nango_replay):
            assert nango_replay("latest.test.json").output["state"] == "open"
        """,
    )
    ran = bench.pytest("-q", PULLS)
    assert ran.status == 0, ran.out


def test_from_a_module_of_any_name_and_place(bench: Bench) -> None:
    bench.write("checks/test_it.py", f'def test_it(nango_replay):\n    nango_replay("../{PULLS_FILE}")\n')
    assert bench.pytest("-q", "checks").status == 0


def test_values_in_the_place_of_recorded_ones(bench: Bench) -> None:
    bench.write(
        PULLS,
        """
        from datetime import date

        import pytest


        def test_it(nango_replay):
            run = nango_replay(metadata={"team": "red"}, last_sync_date=date(2026, 3, 1), checkpoint={"last": 9})
            assert run.logs[0].text == "since 2026-03-01 00:00:00+00:00 red"
            assert nango_replay(last_sync_date=None).logs[0].text == "since None blue"


        def test_input(nango_replay):
            with pytest.raises(pytest.fail.Exception, match="NG603"):
                nango_replay("latest.test.json", input={"state": 1})


        def test_unfit(nango_replay):
            nango_replay("latest.test.json", checkpoint={})
        """,
    )
    ran = bench.pytest("-q", PULLS)
    assert "error NG801: `checkpoint=` is for syncs, and `latest` is none\n" in ran.out
    assert ran.out.splitlines()[-1].startswith("1 failed, 2 passed")


def test_values_are_what_json_can_hold(bench: Bench) -> None:
    bench.write(
        LATEST,
        """
        from dataclasses import dataclass

        @dataclass
        class Wanted:
            state: str

        def test_a_dataclass(nango_replay):
            assert nango_replay(input=Wanted("open")).output["state"] == "open"

        def test_none(nango_replay):
            nango_replay("pulls.test.json", metadata=None)

        def test_unfit(nango_replay):
            nango_replay(input={"state": object()})
        """,
    )
    ran = bench.pytest("-q", LATEST)
    assert "error NG601: the script raised KeyError: 'team'" in ran.out, "it has no metadata"
    assert "error NG801: `input=`.state is an object, which JSON cannot hold\n" in ran.out
    assert ran.out.splitlines()[-1].startswith("2 failed, 1 passed")


@pytest.mark.parametrize("compared", ["run.result == run.recorded", "run.recorded == run.result"])
def test_the_recorded_value_comes_first(compared: str, bench: Bench) -> None:
    bench.edit("github/actions/latest.py", 'title=found["title"]', 'title="new"')
    bench.write(LATEST, f"def test_it(nango_replay):\n    run = nango_replay()\n    assert {compared}\n")
    title = bench.recording(LATEST_FILE)["output"]["title"]
    assert f'title: "{title}" -> "new"' in bench.pytest("-q", LATEST).out


def test_a_difference_is_explained_by_record(bench: Bench) -> None:
    bench.edit("github/actions/latest.py", 'title=found["title"]', 'title=found["title"].upper()')
    bench.write(LATEST, "def test_it(nango_replay):\n    run = nango_replay()\n    assert run.result == run.recorded\n")
    ran = bench.pytest("-q", LATEST)
    title = bench.recording(LATEST_FILE)["output"]["title"]
    assert ran.status == 1
    assert [line for line in ran.out.splitlines() if line.startswith("E ")] == [
        "E       assert the run is not as recorded",
        "E         changed output",
        f'E             title: "{title}" -> "{title.upper()}"',
    ]


def test_a_failure_shows_neither_pytest_nor_us(bench: Bench) -> None:
    bench.edit("github/actions/latest.py", "    nango.log(", '    raise KeyError("x")\n    nango.log(')
    bench.write(LATEST, "def test_it(nango_replay):\n    nango_replay()\n")
    ran = bench.pytest("-q", LATEST)
    assert "github/actions/latest.py:7:5: error NG601: the script raised KeyError: 'x'\n" in ran.out
    places = re.findall(r"\S+\.py:\d+", ran.out)
    assert set(places) == {"github/actions/latest.py:7"}


@pytest.mark.parametrize(
    ("module", "call", "said"),
    [
        ("test_it.py", "", "error NG801: github/tests/test_it.py is named after no script\n"),
        ("test_it.py", '"x.test.json"', "error NG801: github/tests/test_it.py is named after no script\n"),
        (
            "test_github_latest.py",
            '"x.test.json"',
            "error NG002: there is no recording at github/tests/x.test.json\n",
        ),
        (
            "test_github_unrecorded.py",
            "",
            "error NG610: there is no recording of `unrecorded` in github/tests/unrecorded.test.json\n",
        ),
    ],
)
def test_what_is_not_there(module: str, call: str, said: str, bench: Bench) -> None:
    bench.write(f"github/tests/{module}", f"def test_it(nango_replay):\n    nango_replay({call})\n")
    ran = bench.pytest("-q", f"github/tests/{module}")
    assert ran.status == 1
    assert said in ran.out, ran.out


def test_a_recording_as_nango_used_to_keep_them(bench: Bench) -> None:
    found = bench.recording(LATEST_FILE)
    (bench.root / LATEST_FILE).unlink()
    [(endpoint, entry)] = found["api"]["get"].items()
    mocks = {
        "latest/input.json": found["input"],
        "latest/output.json": {**found["output"], "title": "As it was"},
        f"nango/get/proxy{endpoint}/latest/{entry['hash']}.json": {
            "method": "get",
            "endpoint": endpoint,
            "requestIdentityHash": entry["hash"],
            "requestIdentity": {"params": list(entry["request"]["params"].items())},
            "response": entry["response"],
            "status": 200,
            "headers": {},
        },
    }
    for path, value in mocks.items():
        bench.write(f"github/mocks/{path}", json.dumps(value))
    bench.write(LATEST, "def test_it(nango_replay):\n    run = nango_replay()\n    assert run.result == run.recorded\n")
    ran = bench.pytest("-q", "--nango-update", LATEST)
    assert ran.status == 1
    assert 'title: "As it was" -> "' in ran.out
    assert "  help: a tree of files is never rewritten: record the run again with `nango dryrun --save`\n" in ran.out
    bench.write("github/mocks/nango/getMetadata.json", "[1]")
    ran = bench.pytest("-q", LATEST)
    assert "error NG002: github/mocks/nango/getMetadata.json is not a recording: it is not an object\n" in ran.out
