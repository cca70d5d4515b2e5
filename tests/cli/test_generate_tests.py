"""`nango generate:tests`: for which recordings it writes a test, and that it never changes one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Nango

YAML = """
integrations:
    github:
        syncs:
            pull-requests: {runs: every hour, output: Item, endpoint: GET /a}
            issues: {runs: every hour, output: Other, endpoint: GET /b}
        actions:
            close: {endpoint: POST /c, input: Item}
    gitlab:
        syncs:
            issues: {runs: every hour, output: Item, endpoint: GET /d}
models:
    Item: {id: string}
    Other: {id: string}
    Third: {id: string}
"""
SCRIPTS = {
    "github": ["syncs/pull_requests.py", "syncs/issues.py", "actions/close.py"],
    "gitlab": ["syncs/issues.py"],
}
TEST = '''\
"""The sync `pull-requests` of `github`, on what was recorded of a run."""


def test_pull_requests(nango_replay):
    run = nango_replay("pull-requests.test.json")
    assert run.result == run.recorded
'''


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "nango.yaml").write_text(YAML)
    for integration, paths in SCRIPTS.items():
        for path in paths:
            touch(tmp_path, f"{integration}/{path}")
    return tmp_path


def touch(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()


def data(nango: Nango, *arguments: str) -> dict[str, Any]:
    result = nango("generate:tests", *arguments, "--format", "json")
    assert result.status == 0, result.out
    found: dict[str, Any] = json.loads(result.out)["data"]
    return found


def test_a_test_replays_the_recording(project: Path, nango: Nango) -> None:
    touch(project, "github/tests/pull-requests.test.json")
    result = nango("generate:tests")
    assert (result.status, result.out, result.err) == (0, "", "")
    assert (project / "github/tests/test_github_pull_requests.py").read_text() == TEST


def test_a_test_that_is_there_is_never_changed(project: Path, nango: Nango) -> None:
    touch(project, "github/tests/pull-requests.test.json", "github/tests/close.test.json")
    mine = project / "github/tests/test_github_pull_requests.py"
    mine.write_text("# mine\n")
    assert nango("generate:tests", tty=True).err == (
        "github/tests/test_github_close.py: written\ngithub/tests/test_github_pull_requests.py: kept\n"
    )
    assert mine.read_text() == "# mine\n"
    assert data(nango)["written"] == []


def test_nothing_recorded_is_no_error_and_says_how_to_record(project: Path, nango: Nango) -> None:
    result = nango("generate:tests", tty=True)
    assert (result.status, result.err) == (
        0,
        "no script has a recording; record one: nango dryrun SCRIPT CONNECTION --save\n",
    )
    assert data(nango) == {"written": [], "kept": [], "skipped": []}


@pytest.mark.parametrize(
    ("recording", "module", "name", "given"),
    [
        ("tests/issues.eu.test.json", "test_github_issues_eu", "test_issues_eu", '"issues.eu.test.json"'),
        ("tests/issues.1 b.test.json", "test_github_issues_1_b", "test_issues_1_b", '"issues.1 b.test.json"'),
        ("tests/github-issues.test.json", "test_github_issues", "test_issues", '"github-issues.test.json"'),
        ("mocks/issues/Item/batchSave.json", "test_github_issues", "test_issues", ""),
    ],
    ids=["variant", "odd variant", "integration", "mocks"],
)
def test_every_kind_of_recording(
    project: Path, nango: Nango, recording: str, module: str, name: str, given: str
) -> None:
    touch(project, f"github/{recording}")
    assert data(nango)["written"] == [f"github/tests/{module}.py"]
    text = (project / f"github/tests/{module}.py").read_text()
    assert f"def {name}(nango_replay):\n    run = nango_replay({given})\n" in text
    compile(text, module, "exec")


def test_a_recording_by_the_scripts_own_name_goes_before_the_others(project: Path, nango: Nango) -> None:
    touch(
        project, "github/tests/github-issues.test.json", "github/tests/issues.test.json", "github/mocks/issues/a.json"
    )
    assert data(nango)["written"] == ["github/tests/test_github_issues.py"]
    assert 'nango_replay("issues.test.json")' in (project / "github/tests/test_github_issues.py").read_text()


def test_what_belongs_to_no_script_gets_no_test(project: Path, nango: Nango) -> None:
    touch(project, "github/tests/gone.test.json", "gitlab/tests/close.test.json", "tests/issues.test.json")
    assert data(nango)["written"] == []


def test_recordings_whose_tests_would_have_one_name_get_numbered_ones(project: Path, nango: Nango) -> None:
    more = (
        "        syncs:\n"
        "            issues-eu: {runs: every hour, output: Third, endpoint: GET /e}\n"
        "            issues-eu-2: {runs: every hour, output: Fourth, endpoint: GET /f}\n"
    )
    (project / "nango.yaml").write_text(YAML.replace("        syncs:\n", more, 1) + "    Fourth: {id: string}\n")
    touch(project, "github/syncs/issues_eu.py", "github/syncs/issues_eu_2.py")
    touch(project, *(f"github/tests/{name}.test.json" for name in ("issues-eu", "issues.eu", "issues-eu-2")))
    paths = {
        f"github/tests/test_github_issues_eu{end}.py": name
        for end, name in (("", "issues-eu"), ("_2", "issues-eu-2"), ("_3", "issues.eu"))
    }
    assert data(nango, "-s", "issues")["written"] == ["github/tests/test_github_issues_eu_3.py"]
    assert sorted(data(nango)["written"]) == sorted(paths)[:2]
    for path, name in paths.items():
        assert f'    run = nango_replay("{name}.test.json")\n' in (project / path).read_text()


def test_filters(project: Path, nango: Nango) -> None:
    recordings = ("github/tests/issues", "gitlab/tests/issues", "github/tests/close")
    touch(project, *(f"{each}.test.json" for each in recordings))
    paths = [
        "github/tests/test_github_issues.py",
        "github/tests/test_github_close.py",
        "gitlab/tests/test_gitlab_issues.py",
    ]
    assert data(nango, "-i", "gitlab")["written"] == [paths[2]]
    assert data(nango, "-a", "close")["written"] == [paths[1]]
    assert data(nango, "-s", "issues") == {"written": [paths[0]], "kept": [paths[2]], "skipped": []}
    assert data(nango, "-s", "issues", "-a", "close", "-i", "github")["kept"] == paths[:2]


@pytest.mark.parametrize(
    ("option", "name", "message"),
    [
        ("-i", "githb", "no integration is named `githb`\n  help: did you mean `github`?"),
        ("-s", "isues", "no sync is named `isues`\n  help: did you mean `issues`?"),
        ("-s", "close", "no sync is named `close`"),
        ("-a", "x", "no action is named `x`\n  help: actions: `close`"),
    ],
    ids=["integration", "sync", "action as sync", "action"],
)
def test_an_unknown_name(project: Path, nango: Nango, option: str, name: str, message: str) -> None:
    result = nango("generate:tests", option, name)
    assert result.status == 5
    assert f"error NG802: {message}" in result.err


def test_scripts_in_typescript_are_skipped(project: Path, nango: Nango) -> None:
    (project / "github/syncs/issues.py").rename(project / "github/syncs/issues.ts")
    touch(project, "github/tests/issues.test.json", "github/tests/issues.eu.test.json")
    assert data(nango) == {"written": [], "kept": [], "skipped": [{"integration": "github", "script": "issues"}]}
    assert nango("generate:tests", tty=True).err == "github/issues: skipped, it is not in Python\n"


def test_nothing_is_written_while_there_are_errors(project: Path, nango: Nango) -> None:
    touch(project, "github/tests/issues.test.json")
    (project / "nango.yaml").write_text(YAML.replace("string", "'[]'"))
    result = nango("generate:tests")
    assert (result.status, "error NG206" in result.err) == (1, True)
    assert not (project / "github/tests/test_github_issues.py").exists()


def test_names_may_hold_what_python_escapes(project: Path, nango: Nango) -> None:
    name = 'a\\b"""c'
    (project / "nango.yaml").write_text(YAML.replace("            issues: {", f"            {json.dumps(name)}: {{", 1))
    touch(project, f"github/syncs/{name}.py", f"github/tests/{name}.test.json")
    (path,) = data(nango)["written"]
    compile((project / path).read_text(), path, "exec")
