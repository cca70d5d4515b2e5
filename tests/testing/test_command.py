"""`nango test`."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from testing.conftest import LATEST_FILE, PULLS_FILE, Bench, environment

LATEST_ID = f"{LATEST_FILE}::latest"
PULLS_ID = f"{PULLS_FILE}::pulls"


def steady(text: str) -> str:
    return re.sub(r"\d+\.\d\d s", "0.25 s", text)


def test_a_summary_by_script(bench: Bench) -> None:
    bench.edit("github/actions/latest.py", 'found["title"]', '"new"')
    bench.write("github/tests/test_mappers.py", "def test_one():\n    pass\n")
    bench.write("github/tests/test_github_pulls.py", "import pytest\n\n\n@pytest.mark.skip\ndef test_it():\n    pass\n")
    ran = bench.nango("test")
    assert ran.status == 1
    assert f"error NG613: the run of `latest` is not as recorded in {LATEST_FILE}" in ran.out
    assert steady(ran.out).splitlines()[-5:] == [
        "",
        "github/pulls       skipped   1 test, 0.25 s",
        "github/latest      failed    1 of 1 test, 0.25 s",
        "github/unrecorded  no tests  nango dryrun unrecorded CONNECTION --save",
        "other tests        passed    1 test, 0.25 s",
    ]
    assert ran.err == ""


def test_json(bench: Bench) -> None:
    bench.edit("github/actions/latest.py", 'found["title"]', '"new"')
    bench.write(
        "github/tests/test_github_pulls.py",
        """
        import pytest

        def test_it(nango_replay):
            assert not nango_replay().saved["Pull"], "why"

        def test_skipped():
            pytest.skip("not now")

        def test_error(missing):
            pass
        """,
    )
    ran = bench.nango("test", "--format", "json")
    assert ran.status == 1
    pulls, latest, unrecorded = ran.data["scripts"]
    assert (pulls["integration"], pulls["script"], pulls["status"]) == ("github", "pulls", "failed")
    [failed, skipped, error] = pulls["tests"]
    assert (failed["outcome"], failed["message"].splitlines()[0]) == ("failed", "AssertionError: why")
    assert (skipped["outcome"], skipped["message"]) == ("skipped", "Skipped: not now")
    assert (error["outcome"], error["id"]) == ("error", "github/tests/test_github_pulls.py::test_error")
    assert latest["status"] == "failed"
    [test] = latest["tests"]
    title = bench.recording(LATEST_FILE)["output"]["title"]
    assert (test["id"], test["outcome"]) == (LATEST_ID, "failed")
    assert test["differences"][0]["fields"] == {"title": [f'"{title}"', '"new"']}
    assert [each["code"] for each in test["diagnostics"]] == ["NG613"]
    assert test["message"].startswith("error NG613: ")
    assert (unrecorded["status"], unrecorded["tests"]) == ("no tests", [])


@pytest.mark.parametrize(
    ("arguments", "run"),
    [
        (["pulls"], [PULLS_ID]),
        (["github/latest", "unrecorded"], [LATEST_ID]),
        (["--integration-id", "github"], [LATEST_ID, PULLS_ID]),
        (["-k", "latest"], [LATEST_ID]),
        ([LATEST_FILE], [LATEST_ID]),
        ([LATEST_ID, "pulls"], [LATEST_ID, PULLS_ID]),
        (["--", "--deselect", LATEST_ID], [PULLS_ID]),
    ],
    ids=" ".join,
)
def test_which_tests_are_run(arguments: list[str], run: list[str], bench: Bench) -> None:
    ran = bench.nango("test", "--format", "json", *arguments)
    assert (ran.status, sorted(ran.tests)) == (0, run)


def test_the_module_of_a_script_is_run_for_it(bench: Bench) -> None:
    bench.write("github/tests/test_github_pulls.py", "def test_it():\n    pass\n")
    assert list(bench.nango("test", "pulls", "--format", "json").tests) == [
        "github/tests/test_github_pulls.py::test_it"
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["pullz"], 5, "error NG802: no script is named `pullz`\n  help: did you mean `pulls`?"),
        (["githab/pulls"], 5, "error NG802: no integration is named `githab`\n  help: did you mean `github`?"),
        (["github/pulls", "--integration-id", "other"], 2, "error NG801: `github/pulls` is not of `other`\n"),
        (["unrecorded"], 5, "error NG612: `unrecorded` has no tests\n  help: record a run: nango dryrun unrecorded"),
        (["-k", "nothing"], 5, "error NG612: no test was chosen\n"),
        (["-n", "many"], 2, "error NG801: `--workers` cannot be `many`\n"),
        (["--", "--nonsense"], 2, "error NG801: pytest could not start its work\n"),
        (
            ["github"],
            5,
            "error NG802: no script is named `github`\n  help: all tests of the integration: `nango test --i",
        ),
        (["github/tests/nope.test.json"], 5, "error NG802: there are no tests at github/tests/nope.test.json\n"),
        (["--timeout", "0"], 2, "error NG801: "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_tested(arguments: list[str], status: int, said: str, bench: Bench) -> None:
    ran = bench.nango("test", *arguments)
    assert ran.status == status
    assert said in ran.err


def test_a_file_is_named_from_where_one_stands(bench: Bench) -> None:
    module = bench.write("github/tests/test_own.py", "def test_one():\n    pass\n\n\ndef test_two():\n    pass\n")
    ran = bench.nango("test", "latest.test.json", "test_own.py::test_two", "--format", "json", cwd=module.parent)
    assert ran.tests == {LATEST_ID: "passed", "github/tests/test_own.py::test_two": "passed"}
    assert [(each["script"], len(each["tests"])) for each in ran.data["scripts"]] == [("latest", 1)]


def test_pytest_that_cannot_start(bench: Bench) -> None:
    bench.write("github/tests/conftest.py", "import nothing_of_that_name\n")
    ran = bench.nango("test")
    assert (ran.status, "error NG614: pytest could not start its work\n" in ran.err) == (1, True), ran.err


@pytest.mark.parametrize("how", ["option", "nango.toml"])
def test_a_script_that_hangs_is_ended(how: str, bench: Bench) -> None:
    bench.edit("github/actions/latest.py", "    nango.log(", "    while True:\n        pass\n    nango.log(")
    if how == "nango.toml":
        bench.write("nango.toml", "[dryrun]\ntimeout = 0.5\n")
    ran = bench.nango("test", "latest", *(["--timeout", "0.5"] if how == "option" else []))
    assert ran.status == 1
    assert "error NG605: the script took longer than its time limit\n  help: it had 0.5 s; `--timeout`" in ran.out


def test_a_tree_of_recordings_is_no_test_by_itself(bench: Bench) -> None:
    bench.write("github/mocks/unrecorded/output.json", "1")
    ran = bench.nango("test", "unrecorded")
    assert (ran.status, "help: make a test of what is recorded in mocks: nango generate:tests\n" in ran.err) == (
        5,
        True,
    )
    assert "github/unrecorded  no tests  nango generate:tests\n" in ran.out


@pytest.mark.skipif(sys.platform != "linux", reason="other systems tell no process of its parent's end")
def test_it_takes_pytest_along_when_it_is_killed(bench: Bench) -> None:
    ready = bench.root / "ready"
    bench.write(
        "github/tests/test_it.py",
        f"""
        import os, pathlib, time

        def test_it():
            pathlib.Path({str(ready)!r}).write_text(str(os.getpid()))
            time.sleep(60)
        """,
    )
    command = [sys.executable, "-m", "nango_cli", "test", "github/tests/test_it.py"]
    how = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=bench.root, env=environment(), start_new_session=True, **how) as process:
        while not (ready.exists() and ready.read_text()):
            assert process.poll() is None
            time.sleep(0.05)
        process.kill()
    for _ in range(200):
        if not runs(ready.read_text()):
            return
        time.sleep(0.05)
    raise AssertionError("pytest is still there")


def runs(pid: str) -> bool:
    """Whether a process does, even if nobody has waited for it since its end."""
    try:
        return bool(Path("/proc", pid, "cmdline").read_bytes())
    except FileNotFoundError:
        return False


def test_a_broken_nango_yaml_is_told_once(bench: Bench) -> None:
    bench.edit("nango.yaml", "output: Pull\n        sync_type", "output: Pul\n        sync_type")
    ran = bench.nango("test")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("nango.yaml:6:17: error NG201: model `Pul` is not defined\n")


def test_a_module_that_cannot_be_imported_fails(bench: Bench) -> None:
    bench.write("github/tests/test_github_pulls.py", "import nothing_of_that_name\n")
    ran = bench.nango("test", "--format", "json", "--", "--continue-on-collection-errors")
    assert (ran.status, ran.tests["github/tests/test_github_pulls.py"]) == (1, "error")
    assert bench.nango("test").status == 1


@pytest.mark.parametrize("place", ["github/syncs", "..", "../elsewhere"])
def test_from_other_folders(place: str, bench: Bench) -> None:
    folder = bench.root / place
    folder.mkdir(exist_ok=True)
    where = () if place == "github/syncs" else ("-C", str(bench.root))
    ran = bench.nango("test", "latest", "--format", "json", *where, cwd=folder)
    assert (ran.status, list(ran.tests.values())) == (0, ["passed"])


def test_through_a_link(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(bench.root)
    ran = bench.nango("test", "-C", str(tmp_path / "link"), "--format", "json")
    assert ran.data["other"] == []


def test_update(bench: Bench) -> None:
    bench.edit("github/actions/latest.py", 'found["title"]', '"new"')
    ran = bench.nango("test", "--update", "--format", "json")
    assert (ran.status, ran.data["rewritten"]) == (0, [LATEST_FILE])
    assert "rewrote" not in bench.nango("test", "--update").out


def test_fail_fast(bench: Bench) -> None:
    for path in (LATEST_FILE, PULLS_FILE):
        bench.write(path, "{")
    ran = bench.nango("test", "-x", "--format", "json")
    assert (ran.status, len(ran.tests)) == (1, 1)


def test_tests_see_no_secrets(bench: Bench) -> None:
    secrets = {
        "NANGO_SECRET_KEY": "a",
        "NANGO_SECRET_KEY_DEV": "a",
        "NANGO_ENCRYPTION_KEY": "a",
        "NANGO_VARIABLE_X": "a",
        "ACME_KEY": "a",
        "GITHUB_TOKEN": "a",
        "DB_PASSWORD": "a",
        "ApiKey": "a",
        "MYSQL_PWD": "a",
        "SLACK_WEBHOOK_URL": "a",
        "DATABASE": "postgres://me:a@db.example/one",
    }
    bench.write(
        "github/tests/test_it.py",
        f"import os\n\n\ndef test_it():\n    assert not os.environ.keys() & {set(secrets)}\n"
        '    assert (os.environ["PLAIN"], os.environ["PWD"]) == ("https://b.example", "/")\n',
    )
    plain = {"PLAIN": "https://b.example", "PWD": "/"}
    ran = bench.nango("test", "--", "github/tests/test_it.py", environ={**secrets, **plain})
    assert ran.status == 0, ran.out


@pytest.mark.parametrize(("end", "said"), [("os._exit(7)", "with status 7"), ("os.kill(os.getpid(), 9)", "by SIGKILL")])
def test_pytest_may_die(end: str, said: str, bench: Bench) -> None:
    bench.write("github/tests/test_z.py", f"import os\n\n\ndef test_it():\n    {end}\n")
    ran = bench.nango("test", "--format", "json")
    assert ran.status == 1
    assert f'"message": "pytest ended {said} in the midst of its work"' in ran.out
    assert ran.tests == {LATEST_ID: "passed", PULLS_ID: "passed"}, "what was told before counts"


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_it_ends_with_its_child(number: signal.Signals, status: int, bench: Bench) -> None:
    ready = bench.root / "ready"
    bench.edit("github/actions/latest.py", "    nango.log(", "    while True:\n        pass\n    nango.log(")
    bench.write(
        "github/conftest.py",
        f"""
        import os, pathlib

        def pytest_runtest_call():
            pathlib.Path({str(ready)!r}).write_text(str(os.getpid()))
        """,
    )
    command = [sys.executable, "-m", "nango_cli", "test", "latest"]
    how = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    temporary = bench.root.parent / "temporary"
    temporary.mkdir()
    environ = {**environment(), "TMPDIR": str(temporary)}
    with subprocess.Popen(command, cwd=bench.root, env=environ, start_new_session=True, **how) as process:
        while not (ready.exists() and ready.read_text()):
            assert process.poll() is None
            time.sleep(0.05)
        time.sleep(0.5)  # until the script runs
        process.send_signal(number)
        assert process.wait(30) == status
    with pytest.raises(ProcessLookupError):
        os.kill(int(ready.read_text()), 0)
    assert not list(temporary.glob("nango-test-*"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists the children of a process")
@pytest.mark.parametrize("after", [0, 0.05, 0.1, 0.2, 0.4])
def test_an_interruption_at_any_time_is_no_traceback(after: float, bench: Bench) -> None:
    """As a terminal does it: everybody in the foreground is interrupted."""
    command = [sys.executable, "-m", "nango_cli", "test"]
    how = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, cwd=bench.root, env=environment(), start_new_session=True, **how) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while not children.read_text():
            assert process.poll() is None
        time.sleep(after)
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=30)[0]
    assert "Traceback" not in said
    assert process.returncode == 130
