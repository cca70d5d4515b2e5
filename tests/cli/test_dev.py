"""`nango dev`: it follows what editors do, keeps the last good output, and ends when it is told to."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path, PurePath

import pexpect
import pytest
import watchfiles

from nango_cli import watch
from nango_cli.build import Build
from nango_cli.watch import Watch, concerns
from nango_cli.workspace import Workspace

NANGO = [sys.executable, "-m", "nango_cli"]
QUIET = 0.4  # seconds in which something would have been said


class Developer:
    """`nango dev --format json` in a process of its own."""

    def __init__(self, project: Path) -> None:
        self.project = project
        command = [*NANGO, "dev", "--format", "json"]
        self.process = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.lines: list[tuple[float, dict]] = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append((time.monotonic(), json.loads(line)))

    def next(self, timeout=10.0):
        """The next outcome."""
        return self.timed(timeout)[1]

    def timed(self, timeout=10.0):
        deadline = time.monotonic() + timeout
        while not self.lines:
            assert time.monotonic() < deadline, "nothing was said"
            time.sleep(0.005)
        return self.lines.pop(0)

    def until(self, wanted, timeout=10.0):
        """The first outcome that is as wanted; what an editor did in between may be seen half done."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if wanted(outcome := self.next(timeout)):
                return outcome
        raise AssertionError

    def is_quiet(self):
        time.sleep(QUIET)
        return not self.lines

    def codes(self, outcome):
        return [each["code"] for each in outcome["diagnostics"]]


@pytest.fixture
def developer(project):
    developer = Developer(project)
    try:
        assert developer.next()["ok"]
        time.sleep(0.3)
        yield developer
    finally:
        developer.process.kill()
        developer.process.wait()
        developer.process.stdout.close()
        developer.process.stderr.close()


def rewritten(project):
    return (project / "nango.yaml").read_text().replace("repo: string", "repository: string", 1)


def test_a_save_is_followed_at_once(developer, project):
    saved = time.monotonic()
    (project / "nango.yaml").write_text(rewritten(project))
    seen, outcome = developer.timed()
    assert outcome["ok"]
    assert seen - saved < 1.0, "150 ms on an idle machine; tests run on busy ones"
    assert "repository" in (project / "models.py").read_text()
    assert {each["path"]: each["changed"] for each in outcome["data"]["files"]}["models.py"]
    assert developer.is_quiet(), "what it wrote itself is no news"


def test_what_was_generated_last_stays_while_something_is_broken(developer, project):
    good, models = (project / "nango.yaml").read_text(), (project / "models.py").read_bytes()
    (project / "nango.yaml").write_text(good.replace("output: PullRequest", "output: PullRequst", 1))
    outcome = developer.until(lambda outcome: not outcome["ok"])
    assert (outcome["exit_code"], developer.codes(outcome)) == (1, ["NG201"])
    assert (project / "models.py").read_bytes() == models
    (project / "nango.yaml").write_text(good)
    assert developer.until(lambda outcome: outcome["ok"])


def test_scripts_are_followed_too(developer, project):
    script = project / "github" / "syncs" / "pull_requests.py"
    good = script.read_text()
    script.write_text("def fetch_data(")
    assert developer.codes(developer.until(lambda outcome: not outcome["ok"])) == ["NG404"]
    script.unlink()
    assert developer.codes(developer.next()) == ["NG401"]
    script.write_text(good)
    assert developer.until(lambda outcome: outcome["ok"])
    (project / "github" / "actions" / "extra.py").touch()
    assert developer.codes(developer.next()) == ["NG405"]


def test_nango_yaml_may_go_and_come_back(developer, project):
    text = (project / "nango.yaml").read_text()
    (project / "nango.yaml").unlink()
    outcome = developer.next()
    assert (outcome["exit_code"], developer.codes(outcome)) == (3, ["NG002"])
    (project / "nango.yaml").write_text(text)
    assert developer.until(lambda outcome: outcome["ok"])


def test_editors_that_save_by_renaming(developer, project):
    for turn in range(3):
        swap = project / f".nango.yaml.{turn}.swp"
        swap.write_text(rewritten(project) + f"# {turn}\n")
        swap.replace(project / "nango.yaml")
        assert developer.next()["ok"]
    backup = project / "nango.yaml~"
    (project / "nango.yaml").rename(backup)
    (project / "nango.yaml").write_text(backup.read_text())
    assert developer.until(lambda outcome: outcome["ok"])


def test_a_burst_is_one_change(developer, project):
    for number in range(200):
        (project / "github" / "actions" / f"_helper_{number}.py").touch()
    assert developer.next()["ok"]
    time.sleep(QUIET)
    assert len(developer.lines) < 10


def test_what_does_not_concern_it(developer, project):
    for name in (".git/HEAD.py", "node_modules/a.ts", ".venv/x.py", "github/__pycache__/x.py", "notes.md", ".x.py.swp"):
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    # A new folder may hold scripts, so it counts; what is in it does not.
    assert all(outcome["ok"] for _, outcome in developer.lines)
    time.sleep(QUIET)
    developer.lines.clear()
    for name in (".git/HEAD.py", "node_modules/a.ts", ".venv/x.py", "github/__pycache__/x.py", "notes.md"):
        (project / name).write_text("more")
    assert developer.is_quiet()


def test_a_generated_file_that_is_removed_comes_back(developer, project):
    (project / "models.py").unlink()
    assert developer.next()["ok"]
    assert (project / "models.py").exists()
    (project / "models.py").write_text("# mine\n")
    assert developer.codes(developer.until(lambda outcome: not outcome["ok"])) == ["NG501"]
    assert (project / "models.py").read_text() == "# mine\n"


@pytest.mark.parametrize("moment", ["at rest", "at work"])
def test_ctrl_c_ends_it(moment, developer, project):
    if moment == "at work":
        (project / "nango.yaml").write_text(rewritten(project))
        time.sleep(0.03)
    developer.process.send_signal(signal.SIGINT)
    assert developer.process.wait(10) == 0
    assert developer.process.stderr.read() == ""
    assert not [path for path in project.rglob(".*") if path.is_file() and path.name != ".gitignore"]


def test_plain_lines_in_a_pipe(project):
    (project / "github" / "actions" / "extra.py").touch()
    with subprocess.Popen([*NANGO, "dev"], cwd=project, stdout=subprocess.PIPE, text=True) as process:
        first, second = process.stdout.readline(), process.stdout.readline()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
    assert re.fullmatch(r"\d\d:\d\d:\d\d nango.yaml: 2 scripts; generated files up to date\n", first)
    assert second == "github/actions/extra.py:1:1: warning NG405: nothing in nango.yaml declares extra.py\n"
    assert "\x1b" not in first + second + rest
    assert process.returncode == 0


def test_one_screen_on_a_real_terminal(project):
    child = pexpect.spawn(NANGO[0], [*NANGO[1:], "dev"], cwd=str(project), encoding="utf-8", timeout=20)
    child.setwinsize(12, 100)
    child.expect_exact("\x1b[2J\x1b[H")
    child.expect_exact(f"watching {project}; Ctrl-C ends it")
    child.expect_exact("nango.yaml: 2 scripts; generated files up to date")
    time.sleep(0.3)
    text = (project / "nango.yaml").read_text()
    (project / "nango.yaml").write_text(re.sub(r"(?m)^(    \w+):$", r"\1X:", text))
    child.expect_exact("has errors, so nothing is generated")
    child.expect_exact("more lines: `nango compile` shows them all")
    (project / "nango.yaml").write_text(text)
    child.expect_exact("generated files up to date")
    child.sendintr()
    child.expect_exact("stopped")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_a_dumb_terminal_gets_lines(project):
    environment = {**os.environ, "TERM": "dumb"}
    child = pexpect.spawn(
        NANGO[0], [*NANGO[1:], "dev"], cwd=str(project), env=environment, encoding="utf-8", timeout=20
    )
    child.expect_exact("generated files up to date")
    assert "\x1b[2J" not in child.before
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()


def test_without_notifications_it_looks_by_itself(project, monkeypatch):
    def refuse(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(watchfiles, "watch", refuse)
    monkeypatch.setattr(watch, "_TIMEOUT", 20)
    stop = threading.Event()
    builds = Watch(Workspace(project, project)).builds(stop)
    assert next(builds).ok
    script = project / "github" / "syncs" / "pull_requests.py"
    script.write_text("def fetch_data(")
    assert not next(builds).ok
    script.unlink()
    assert not next(builds).ok
    stop.set()
    assert list(builds) == []


def test_a_change_before_it_listens_is_not_missed(project):
    stop = threading.Event()
    builds = Watch(Workspace(project, project)).builds(stop)
    assert isinstance(next(builds), Build)
    (project / "nango.yaml").write_text(rewritten(project))  # nobody listens before the second `next`
    assert "repository" not in (project / "models.py").read_text()
    assert next(builds).ok
    assert "repository" in (project / "models.py").read_text()
    stop.set()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("nango.yaml", True),
        ("nango.toml", True),
        ("github/syncs/a.py", True),
        ("github/syncs/a.ts", True),
        ("github", True),
        (".nango/schema.json", True),
        ("README.md", False),
        (".nango.yaml.swp", False),
        (".git/index", False),
        ("node_modules/a/index.ts", False),
        ("github/__pycache__/a.py", False),
        ("__pycache__", False),
        (".hidden/a.py", False),
        ("nango.yaml~", False),
    ],
)
def test_concerns(path, expected):
    assert concerns(PurePath(path)) is expected


def test_outside_a_project(nango):
    result = nango("dev")
    assert (result.status, "error NG001" in result.err) == (3, True)
