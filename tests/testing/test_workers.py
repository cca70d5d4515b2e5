"""Under pytest-xdist, what workers replay is told by the process that reports."""

from __future__ import annotations

from xml.etree import ElementTree

from testing.conftest import LATEST_FILE, PULLS_FILE, Bench


def test_the_tests_of_workers_say_which_script_they_are_of(bench: Bench) -> None:
    bench.edit("github/actions/latest.py", 'found["title"]', '"new"')
    bench.write("github/tests/test_own.py", 'def test_own(nango_replay):\n    nango_replay("pulls.test.json")\n')
    ran = bench.pytest("-q", "-n", "2", "--junitxml", "junit.xml")
    assert ran.out.splitlines()[-1].startswith("1 failed, 2 passed")
    assert f"error NG613: the run of `latest` is not as recorded in {LATEST_FILE}" in ran.out
    told = {
        case.attrib["name"]: [each.attrib["value"] for each in case.iter("property") if each.attrib["name"] == "nango"]
        for case in ElementTree.parse(bench.root / "junit.xml").iter("testcase")
    }
    assert told == {"latest": ["github/latest"], "pulls": ["github/pulls"], "test_own": ["github/pulls"]}


def test_nango_test_in_several_processes(bench: Bench) -> None:
    ran = bench.nango("test", "-n", "2", "--format", "json")
    assert ran.status == 0
    assert ran.tests == {f"{LATEST_FILE}::latest": "passed", f"{PULLS_FILE}::pulls": "passed"}
