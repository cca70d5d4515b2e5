"""Type errors in scripts, as the real checkers tell them, and what comes of checkers that tell nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import venv
from pathlib import Path

import pytest

import nango_cli

REPOSITORY = Path(__file__).parents[3]
PROGRAMS = Path(sys.executable).parent
YAML = """\
integrations:
    git-hub:
        syncs:
            open-issues:
                description: Every issue
                runs: every hour
                track_deletes: false
                auto_start: false
                endpoint: { method: GET, path: /issues, group: Issues }
                output: Issue
models:
    Issue:
        id: string
        title: string
"""
SCRIPT = """\
from models import NangoSync

from ..mappers.to_issue import to_issue
from ...shared.text import shorten
from git_hub.types import GitHubIssue


def fetch_data(nango: NangoSync) -> None:
    known: GitHubIssue = {"id": 1, "name": shorten("a")}
    nango.batch_save([to_issue(known)])
"""
MAPPER = """\
from models import Issue

from ..types import GitHubIssue


def to_issue(found: GitHubIssue) -> Issue:
    return Issue(id=str(found["id"]), title=found["name"])
"""
TYPES = "from typing import TypedDict\n\n\nclass GitHubIssue(TypedDict):\n    id: int\n    name: str\n"
FILES = {
    "nango.yaml": YAML,
    "git-hub/syncs/open-issues.py": SCRIPT,
    "git-hub/mappers/to_issue.py": MAPPER,
    "git-hub/types.py": TYPES,
    "shared/text.py": "def shorten(text: str) -> str:\n    return text[:10]\n",
}


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """A Python of our own without a type checker: its programs are in the folder."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False, symlinks=True)
    [packages] = folder.glob("lib/*/site-packages")
    ours = [each for each in sys.path if each.endswith("site-packages")]
    (packages / "ours.pth").write_text("\n".join([*ours, str(Path(nango_cli.__file__).parent.parent)]))
    return folder / "bin"


@pytest.fixture(params=["ty", "pyrefly"])
def checker(request, python):
    program = python / request.param
    program.symlink_to(PROGRAMS / request.param)
    yield request.param
    program.unlink()


@pytest.fixture
def project(tmp_path):
    def write(**changed: str) -> Path:
        for path, text in {**FILES, **changed}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def nango(python: Path, folder: Path, *arguments: str, **environ: str) -> tuple[int, list[dict]]:
    done = subprocess.run(
        [python / "python", "-m", "nango_cli", *arguments, "--format", "json"],
        cwd=folder,
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **environ},
    )
    assert done.stderr == ""
    report = json.loads(done.stdout)
    assert report["exit_code"] == done.returncode
    return done.returncode, report["diagnostics"]


def places(found):
    return [
        f"{each['path']}:{each['span']['line']}:{each['span']['column']}-{each['span']['end_column']}"
        f" {each['severity']} {each['code']}"
        for each in found
    ]


def test_a_good_project_is_silent(checker, python, project):
    folder = project()
    assert nango(python, folder, "check", "--types") == (0, [])
    (folder / "pyproject.toml").write_text('[tool.ty.rules]\nall = "error"\n[tool.pyrefly]\npreset = "all"\n')
    assert nango(python, folder, "compile") == (0, [])


@pytest.mark.parametrize("name", ["3cx", "class", "a.b", "google-calendar"])
def test_an_integration_may_have_a_name_that_no_package_has(name, checker, python, project):
    folder = project()
    (folder / "git-hub").rename(folder / name)
    (folder / "nango.yaml").write_text(YAML.replace("git-hub", name).replace("open-issues", "2fa"))
    script = SCRIPT.replace("from git_hub.types", "from ..types")
    (folder / name / "syncs" / "open-issues.py").rename(folder / name / "syncs" / "2fa.py")
    (folder / name / "syncs" / "2fa.py").write_text(script)
    assert [each for each in nango(python, folder, "check", "--types")[1] if each["code"] == "NG438"] == []


def test_a_message_names_the_module_of_the_user(checker, python, project):
    script = SCRIPT.replace("import to_issue\n", "import to_issue, nobody\n")
    folder = project(**{"git-hub/syncs/open-issues.py": script})
    [message] = [each["message"] for each in nango(python, folder, "check", "--types")[1] if each["code"] == "NG438"]
    assert "`git_hub.mappers.to_issue`" in message
    assert "nango_project" not in message


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_nothing_is_left_of_a_check_that_is_told_to_end(number, python, project, tmp_path_factory):
    place = tmp_path_factory.mktemp("place")
    program = python / "ty"
    program.write_text("#!/bin/sh\n: > started\nexec sleep 60\n")
    program.chmod(0o755)
    folder = project()
    try:
        process = subprocess.Popen(
            [python / "python", "-m", "nango_cli", "check", "--types"],
            cwd=folder,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "TMPDIR": str(place)},
        )
        while not [*place.glob("*/started")]:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(number)
        assert process.wait() == -number
    finally:
        program.unlink()
    assert [*place.iterdir()] == []


@pytest.mark.parametrize("command", [["check", "--types"], ["check", "--select", "type-error"], ["compile"]])
def test_an_error_is_told_to_the_column(command, checker, python, project):
    folder = project(**{"git-hub/mappers/to_issue.py": MAPPER.replace("title=", "é='😀', titel=")})
    status, found = nango(python, folder, *command)
    assert status == 0
    lines = {place.rpartition("-")[0] for place in places(found)}
    column = MAPPER.splitlines()[6].replace("title=", "é='😀', titel=").index("titel") + 1
    assert f"git-hub/mappers/to_issue.py:7:{column}" in lines
    assert {each["code"] for each in found} == {"NG438"}
    assert all(re.fullmatch(rf"`{checker}` calls this `[\w-]+`", each["help"]) for each in found)
    assert all("http" not in each["message"] and "\n" not in each["message"] for each in found)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("git-hub/syncs/open-issues.py", SCRIPT + "    nango.batch_sav([])\n"),
        ("git-hub/types.py", TYPES + "\n\nGitHubLimit: int = ''\n"),
    ],
)
def test_scripts_and_types(path, text, checker, python, project):
    status, found = nango(python, project(**{path: text}), "check", "--types", "--strict")
    assert status == 1
    assert [(each["path"], each["span"]["line"], each["severity"]) for each in found] == [
        (path, len(text.splitlines()), "error")
    ]


def test_models_are_those_of_nango_yaml(checker, python, project):
    folder = project()
    (folder / "models.py").write_text("class Issue: ...\n")
    assert nango(python, folder, "check", "--types") == (0, [])
    (folder / "nango.yaml").write_text(YAML.replace("title:", "name:"))
    assert [each["code"] for each in nango(python, folder, "check", "--types")[1]] != []


def test_what_is_not_there_cannot_be_imported(checker, python, project):
    script = SCRIPT.replace("git_hub.types", "git_hug.types").replace("...shared", "...shard")
    found = nango(python, project(**{"git-hub/syncs/open-issues.py": script}), "check", "--types")[1]
    assert [each["span"]["line"] for each in found][:2] == [4, 5]


def test_comments_silence_errors(checker, python, project):
    wrong = SCRIPT + "    nango.batch_sav([])  # nango: ignore[CODE]\n    nango.log()  # nango: ignore[NG438]\n"
    for code in ("NG438", "type-error"):
        folder = project(**{"git-hub/syncs/open-issues.py": wrong.replace("CODE", code)})
        [unused] = nango(python, folder, "check", "--types")[1]
        assert (unused["code"], unused["span"]["line"], unused["fix"]) == ("NG009", 12, None)
        assert nango(python, folder, "check", "--no-types") == (0, [])  # they may well be needed
    plain = SCRIPT + "    nango.batch_sav([])  # type: ignore\n"
    assert nango(python, project(**{"git-hub/syncs/open-issues.py": plain}), "compile") == (0, [])


def test_nango_toml_decides(checker, python, project):
    folder = project(**{"git-hub/syncs/open-issues.py": SCRIPT + "    nango.batch_sav([])\n"})
    assert nango(python, folder, "check") == (0, [])
    (folder / "nango.toml").write_text('types = true\n[severity]\ntype-error = "error"\n')
    assert [nango(python, folder, each)[0] for each in ("check", "compile")] == [1, 1]
    assert nango(python, folder, "check", "--no-types") == (0, [])
    (folder / "nango.toml").write_text('types = true\n[severity]\ntype-error = "off"\n')
    assert [nango(python, folder, each) for each in ("check", "compile")] == [(0, [])] * 2


def test_a_script_that_cannot_be_run_is_not_asked_about(checker, python, project):
    folder = project(**{"git-hub/syncs/open-issues.py": "x: int = ''\n"})
    assert [each["code"] for each in nango(python, folder, "check", "--types")[1]] == ["NG402"]


def test_our_own_scripts_are_silent(checker, python):
    assert nango(python, REPOSITORY / "nango-integrations", "check", "--types") == (0, [])


def test_a_new_project_is_silent(checker, python, tmp_path):
    assert nango(python, tmp_path, "init", "new")[0] == 0
    for command in (["create", "github:actions:list-things"], ["create", "github:syncs:things"]):
        subprocess.run([python / "python", "-m", "nango_cli", *command], cwd=tmp_path / "new", capture_output=True)
    assert [each for each in nango(python, tmp_path / "new", "check", "--types")[1] if each["code"] > "NG437"] == []


def test_without_a_checker(python, project):
    folder = project(**{"git-hub/syncs/open-issues.py": SCRIPT + "    nango.batch_sav([])\n"})
    assert nango(python, folder, "compile") == (0, [])
    [note] = nango(python, folder, "check", "--types", "--strict")[1]
    assert (note["code"], note["severity"], note["message"]) == ("NG439", "note", "no type checker is installed")


@pytest.fixture
def fake(python):
    """A program in the place of a checker."""

    def write(body: str) -> None:
        (python / "ty").write_text(f"#!{sys.executable}\nimport os, sys, time\n{body}\n")
        (python / "ty").chmod(0o755)

    yield write
    (python / "ty").unlink()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("os.abort()", "it ended with status -6"),
        ("sys.exit(101)", "it ended with status 101"),
        ("print('no such option')", "its answer cannot be read"),
        ("", "its answer cannot be read"),
        ("print('[' * 100000)", "its answer cannot be read"),
        ("print('[{}]')", "its answer cannot be read"),
        ("print('[1]')", "its answer cannot be read"),
        ("print('{\"a\": 1}')", "its answer cannot be read"),
        ("os.write(1, bytes([255]))", "its answer cannot be read"),
        ("while True: os.write(1, bytes(65536))", "it printed more than 16 MB"),
    ],
)
def test_a_checker_that_fails_is_a_note(body, reason, fake, python, project):
    fake(body)
    status, [note] = nango(python, project(), "compile")
    assert (status, note["code"], note["severity"]) == (0, "NG439", "note")
    assert note["message"] == f"`ty` checked no types: {reason}"
    assert nango(python, project(), "check", "--types", "--strict")[0] == 0


def test_a_program_that_cannot_be_started_is_a_note(fake, python, project):
    fake("")
    (python / "ty").write_text("#!/nowhere/python\n")
    [note] = nango(python, project(), "compile")[1]
    assert note["message"] == "`ty` checked no types: it cannot be started: no such file or directory"


ANSWER = """
place = {"begin": {"line": %s, "column": 500}, "end": {"line": 600, "column": 1}}
path = sys.argv[-1]
found = {"check_name": "a", "severity": "major", "location": {"path": path, "positions": place}}
import json
print(json.dumps([{**found, "description": %s}]))
"""


def test_a_place_outside_of_the_file_is_its_end(fake, python, project):
    fake(ANSWER % (99, "'a: far\\naway'"))
    [found] = nango(python, project(), "compile")[1]
    assert (found["message"], found["span"]["line"]) == ("far away", len(TYPES.splitlines()) + 1)


@pytest.mark.parametrize("line", ["0", "'1'", "1.5", "None", "[]"])
def test_a_place_that_is_none_is_not_believed(line, fake, python, project):
    fake(ANSWER % (line, "'far'"))
    [note] = nango(python, project(), "compile")[1]
    assert note["message"] == "`ty` checked no types: its answer cannot be read"


def test_a_checker_knows_nothing_of_our_environment(fake, python, project):
    fake(ANSWER % (1, "' '.join([*sorted(os.environ), os.getcwd()])"))
    [found] = nango(python, project(), "compile", NANGO_SECRET_KEY="planted", HTTPS_PROXY="planted")[1]
    *names, folder = found["message"].split()
    assert {*names} <= {"HOME", "LC_ALL", "XDG_CONFIG_HOME", "LC_CTYPE", "__CF_USER_TEXT_ENCODING"}
    assert not Path(folder).exists()
