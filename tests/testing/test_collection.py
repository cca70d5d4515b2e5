"""Which files are tests, from wherever pytest is called."""

from __future__ import annotations

from pathlib import Path

import pytest
from testing.conftest import LATEST_FILE, PULLS_FILE, Bench, run

from nango_cli.testing.belonging import responsible

LATEST_ID = f"{LATEST_FILE}::latest"
PULLS_ID = f"{PULLS_FILE}::pulls"


def ids(bench: Bench, *arguments: str, cwd: Path | None = None) -> list[str]:
    out = bench.pytest("--collect-only", "-q", *arguments, cwd=cwd).out
    return [line for line in out.splitlines() if "::" in line]


def test_recordings_are_tests(bench: Bench) -> None:
    assert ids(bench) == [LATEST_ID, PULLS_ID]
    assert bench.pytest("-q").out.splitlines()[0].startswith("..")


def test_a_module_of_the_recording_s_name_takes_its_place(bench: Bench) -> None:
    bench.write("github/tests/test_github_latest.py", "def test_latest():\n    pass\n")
    assert ids(bench) == [PULLS_ID, "github/tests/test_github_latest.py::test_latest"]
    assert ids(bench, LATEST_FILE) == [LATEST_ID], "but not where the recording itself is named"


def test_a_module_that_is_named_after_two_scripts_takes_the_place_of_neither(bench: Bench) -> None:
    bench.edit(
        "nango.yaml",
        "    actions:\n",
        "    actions:\n      lat-est: {endpoint: POST /a}\n      lat_est: {endpoint: POST /b}\n",
    )
    for name in ("lat-est", "lat_est"):
        bench.write(f"github/tests/{name}.test.json", (bench.root / LATEST_FILE).read_text())
    module = "github/tests/test_github_lat_est.py"
    bench.write(module, "def test_it(nango_replay):\n    nango_replay()\n")
    both = [f"github/tests/{name}.test.json::{name}" for name in ("lat-est", "lat_est")]
    assert ids(bench) == [both[0], both[1], LATEST_ID, PULLS_ID, f"{module}::test_it"]
    ran = bench.nango("test", "lat-est", "lat_est", "--format", "json")
    assert sorted(ran.tests) == [*both, f"{module}::test_it"]
    assert f"error NG801: {module} is named after several scripts" in ran.out + ran.err


def test_only_recordings_in_a_project_s_folders_of_tests_are(bench: Bench) -> None:
    text = (bench.root / PULLS_FILE).read_text()
    bench.write("github/pulls.test.json", text)
    bench.write("github/tests/deeper/tests/pulls.test.json", text)
    bench.write("tests/pulls.test.json", text)
    assert ids(bench) == [LATEST_ID, PULLS_ID]


def test_a_file_that_is_neither_a_recording_nor_of_a_script_is_skipped(bench: Bench) -> None:
    bench.write("github/tests/other.test.json", '{"api": {}}')
    ran = bench.pytest("-q", "-rs")
    assert ran.status == 0
    assert "not a recording" in ran.out
    bench.write("github/tests/other.test.json", '{"api": {}')
    assert "error NG002: github/tests/other.test.json is not a recording: " in bench.pytest("-q").out


def test_a_damaged_one_is(bench: Bench) -> None:
    bench.write(PULLS_FILE, '{"api": {')
    assert PULLS_ID in ids(bench)


@pytest.mark.parametrize("arguments", [("-k", "pulls"), (PULLS_ID,), (PULLS_FILE,)], ids=["-k", "node id", "file"])
def test_one_can_be_chosen(arguments: tuple[str, ...], bench: Bench) -> None:
    assert ids(bench, *arguments) == [PULLS_ID]


def test_from_another_folder(bench: Bench, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "pytest.ini").write_text("[pytest]\n")
    bench.write("github/tests/test_own.py", 'def test_own(nango_replay):\n    nango_replay("pulls.test.json")\n')
    ran = bench.pytest("-q", "--rootdir", str(elsewhere), str(bench.root), cwd=elsewhere)
    assert (ran.status, ran.out.splitlines()[0][:3]) == (0, "..."), ran.out


@pytest.mark.parametrize(
    ("recording", "there", "module"),
    [
        ("a-b/tests/c.d.test.json", ["a-b/tests/test_a_b_c_d.py"], "a-b/tests/test_a_b_c_d.py"),
        ("a/tests/a-b.test.json", ["a/tests/test_a_a_b.py"], "a/tests/test_a_a_b.py"),
        ("a/tests/a-b.test.json", ["a/tests/test_a_b.py"], "a/tests/test_a_b.py"),
        ("a/tests/a-b.test.json", ["a/tests/test_a_b.py", "a/tests/b.test.json"], None),
        ("a/tests/b.test.json", ["a/tests/test_b.py"], None),
    ],
)
def test_which_module_is_responsible(recording: str, there: list[str], module: str | None) -> None:
    assert responsible(recording, there.__contains__) == module


def test_a_run_without_a_project_loads_nothing(tmp_path: Path) -> None:
    (tmp_path / "data.test.json").write_text("{}")
    (tmp_path / "test_it.py").write_text(
        "import sys\n\n\ndef test_it():\n"
        '    assert {name for name in sys.modules if name.startswith("nango_cli")}'
        ' == {"nango_cli", "nango_cli.testing", "nango_cli.testing.plugin"}\n'
    )
    ran = run("pytest", "-q", "-W", "error", "-p", "no:cacheprovider", cwd=tmp_path)
    assert ran.status == 0, ran.out
