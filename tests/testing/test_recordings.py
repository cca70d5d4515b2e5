"""A recording as a test: it passes, or says what is wrong in our words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from corpus import ROOT
from testing.conftest import LATEST_FILE, PULLS_FILE, Bench

PORTS = Path(__file__).parents[1] / "recordings" / "ports"
RECORDINGS = ROOT.parent / "recordings"

LATEST_PY = "github/actions/latest.py"
PULLS_PY = "github/syncs/pulls.py"


def failure(bench: Bench, path: str = PULLS_FILE) -> str:
    """What pytest shows of the one test that fails."""
    ran = bench.pytest("-q", path)
    assert ran.status == 1, ran.out
    _, _, shown = ran.out.partition(f" {path.split('/')[-1].removesuffix('.test.json')} _")
    return shown.partition("\n")[2].partition("\n====")[0]


def test_a_difference_is_shown_by_record(bench: Bench) -> None:
    found = bench.recording()
    records = found["nango"]["batchSave"]["Pull"]
    changed, gone, *_ = records
    title, changed["title"], changed["was"] = changed["title"], "As it was", True
    records.remove(gone)
    records.append({**gone, "id": "7"})
    last = found["nango-cli"]["checkpoint_saved"].pop("last")
    found["nango-cli"]["checkpoint_saved"]["last"] = 0
    bench.record(PULLS_FILE, found)
    assert (
        failure(bench)
        == f"""\
error NG613: the run of `pulls` is not as recorded in {PULLS_FILE}
    changed Pull {changed["id"]}
        title: "As it was" -> "{title}"
        was: true -> -
    missing Pull 7
    added   Pull {gone["id"]}
    changed checkpoint
        last: 0 -> {last}
  help: if it should be like this now, `nango test --update` takes it over
  docs: nango explain NG613"""
    )


def test_the_order_of_records_is_no_difference(bench: Bench) -> None:
    found = bench.recording()
    found["nango"]["batchSave"]["Pull"].reverse()
    bench.record(PULLS_FILE, found)
    assert bench.pytest("-q").status == 0


def test_a_script_that_raises_is_shown_with_its_line(bench: Bench) -> None:
    bench.edit(LATEST_PY, '    nango.log(found["number"])\n', '    raise ValueError("no")\n')
    assert (
        failure(bench, LATEST_FILE)
        == f"""\
{LATEST_PY}:7:5: error NG601: the script raised ValueError: no
  |
7 |     raise ValueError("no")
  |     ^^^^^^^^^^^^^^^^^^^^^^
  docs: nango explain NG601"""
    )


def test_a_record_that_does_not_fit_its_model(bench: Bench) -> None:
    bench.edit(PULLS_PY, "Pull(id=str(each[", "dict(id=(each[")
    shown = failure(bench)
    assert "error NG602" in shown
    assert "id: expected a string" in shown


def test_a_request_that_was_not_recorded(bench: Bench) -> None:
    bench.edit(PULLS_PY, '"per_page": 2', '"per_page": 3')
    shown = failure(bench)
    assert f"{PULLS_PY}:9:5: error NG610: not recorded: GET" in shown
    assert "-   per_page = 2" in shown
    assert "+   per_page = 3" in shown


def test_nor_when_the_script_goes_on_without_it(bench: Bench) -> None:
    bench.edit(LATEST_PY, "    nango.log(", '    try:\n        nango.get(ProxyConfiguration(endpoint="/x"))\n')
    bench.edit(LATEST_PY, 'found["number"])\n', "")
    bench.edit(LATEST_PY, "    return", "    except Exception:\n        pass\n    return")
    assert failure(bench, LATEST_FILE).startswith("error NG610: not recorded: GET /x\n")


def test_a_damaged_recording(bench: Bench) -> None:
    bench.write(PULLS_FILE, '{"api": {')
    assert failure(bench).startswith(f"error NG002: {PULLS_FILE} is not a recording: ")


def test_a_recording_that_is_none(bench: Bench) -> None:
    bench.write(PULLS_FILE, '{"api": {}}')
    assert failure(bench).startswith(f"error NG002: {PULLS_FILE} is not a recording: it needs the objects")


@pytest.mark.parametrize("how", ["test", "dryrun"])
def test_one_that_is_malformed(how: str, bench: Bench) -> None:
    found = bench.recording()
    [(endpoint, entries)] = found["api"]["get"].items()
    entries[1]["status"] = "x"
    bench.record(PULLS_FILE, found)
    place = f'$.api.get["{endpoint}"][1].status'
    said = f"error NG002: {PULLS_FILE} is not a recording: {place} is not a whole number\n"
    if how == "test":
        assert failure(bench).startswith(said)
    else:
        ran = bench.nango("dryrun", "pulls", "--replay")
        assert (ran.status, ran.err.partition("error ")[2].startswith(said.removeprefix("error "))) == (3, True), (
            ran.err
        )


def test_a_bug_of_ours_is_told_without_our_code(bench: Bench) -> None:
    bench.write("conftest.py", "from nango_cli.testing import case\n\ncase.of_recording = None\n")
    shown = failure(bench)
    assert shown.startswith("error NG901: this is a bug in nango-cli (TypeError)\n  help: please report it: ")
    assert len(shown.splitlines()) == 3


def test_a_broken_nango_yaml(bench: Bench) -> None:
    bench.edit("nango.yaml", "output: Pull\n        sync_type", "output: Pul\n        sync_type")
    shown = failure(bench)
    assert shown.startswith("nango.yaml:6:17: error NG201: model `Pul` is not defined\n")
    assert "did you mean `Pull`?" in shown


def test_a_broken_script(bench: Bench) -> None:
    bench.edit(LATEST_PY, "def run_action(nango", "def run_action((nango")
    assert failure(bench, LATEST_FILE).startswith(f"{LATEST_PY}:4:")
    assert bench.pytest("-q", PULLS_FILE).status == 0, "but the others are tested"


def test_a_script_that_is_gone(bench: Bench) -> None:
    bench.edit("nango.yaml", "      latest:", "      newest:")
    assert failure(bench, LATEST_FILE).startswith("error NG802: no script is named `latest` in `github`\n")


def test_a_script_without_its_file(bench: Bench) -> None:
    (bench.root / LATEST_PY).unlink()
    assert "error NG401" in failure(bench, LATEST_FILE)


def test_one_named_after_a_script_with_a_word_of_its_own(bench: Bench) -> None:
    path = "github/tests/pulls.none-left.test.json"
    shutil.copyfile(bench.root / PULLS_FILE, bench.root / path)
    assert bench.pytest("-q", path).status == 0


def test_a_secret_that_the_script_itself_makes_is_no_difference(bench: Bench) -> None:
    bench.edit("nango.yaml", "title: string, state: string}", "title: string, state: string, token?: string}")
    bench.edit(PULLS_PY, 'state=each["state"]', 'state=each["state"], token=f"made-up-{each[\'id\']}"')
    assert bench.nango("dryrun", "pulls", "demo", "--save").status == 0
    assert "made-up-" not in (bench.root / PULLS_FILE).read_text()
    assert bench.pytest("-q", PULLS_FILE).status == 0


@pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the corpus is not beside this checkout")
def test_recordings_of_nango_s_own_tools(tmp_path: Path) -> None:
    bench = Bench(shutil.copytree(PORTS, tmp_path / "project", ignore=shutil.ignore_patterns("__pycache__")))
    for path in RECORDINGS.glob("*.test.json"):
        integration, _, name = path.name.partition("--")
        bench.write(f"{integration}/tests/{name}", path.read_text())
    ran = bench.pytest("-q")
    assert ran.out.splitlines()[0].startswith("..."), ran.out
    assert ran.status == 0
