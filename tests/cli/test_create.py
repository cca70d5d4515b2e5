"""`nango create`: scripts that work at once, a nango.yaml that keeps every byte, and nothing half-written."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pexpect
import pytest

EXAMPLE = Path(__file__).parents[2] / "nango-integrations"
EMPTY = "integrations: {}\n"
KINDS = ["--sync", "--action", "--on-event"]


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def passes(nango, cwd):
    for command in (["compile"], ["check", "--strict"], ["generate", "--check"]):
        result = nango(*command, cwd=cwd)
        assert (result.status, result.out, result.err) == (0, "", ""), command


@pytest.mark.parametrize("integration", ["github", "gitlab", "3cx", "my_app"])
@pytest.mark.parametrize("name", ["issues", "pull-requests-2", "list-users", "GET_all", "2fa", "true", "none", "dates"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_project_still_passes_everything(kind, integration, name, project, nango):
    result = nango("create", kind, integration, name, cwd=project)
    assert (result.status, result.err) == (0, "")
    passes(nango, project)


def test_several_scripts_of_one_integration(project, nango):
    for kind, name in [("sync", "issues"), ("action", "issue"), ("action", "get-issue"), ("sync", "list-issues")]:
        assert nango("create", f"--{kind}", "gitlab", name, cwd=project).status == 0
    passes(nango, project)
    types = (project / "gitlab" / "types.py").read_text()
    assert types.count("class ") == 3, "both syncs read the same answer"
    compile(types, "types.py", "exec")


def test_what_is_written(project, nango):
    before = tree(project)
    report = json.loads(nango("create", "--sync", "github", "issues", "--format", "json", cwd=project).out)
    after = tree(project)
    changed = {path for path in after if after[path] != before.get(path)}
    assert report["data"] == {"files": report["data"]["files"]}
    assert sorted(report["data"]["files"]) == sorted(changed)
    assert changed >= {
        "github/mappers/to_issue.py",
        "github/syncs/issues.py",
        "github/types.py",
        "models.py",
        "nango.yaml",
    }
    assert b"class GithubIssueResponse(TypedDict):" in after["github/types.py"]
    assert after["github/types.py"].startswith(before["github/types.py"])


@pytest.mark.parametrize("tty", [False, True])
def test_the_paths_written_are_the_result(tty, project, nango):
    before = tree(project)
    result = nango("create", "--sync", "github", "issues", cwd=project.parent, tty=tty)
    after = tree(project)
    paths = [f"nango-integrations/{path}" for path in after if after[path] != before.get(path)]
    assert sorted(result.out.splitlines()) == sorted(paths)
    assert result.err == ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_script_runs(kind, project, nango):
    nango("create", kind, "github", "issues", cwd=project)
    given = ["-i", '{"id": "1"}'] if kind == "--action" else []
    result = nango("dryrun", "issues", "demo", *given, "--format", "json", cwd=project)
    report = json.loads(result.out)
    if kind == "--on-event":
        assert result.status == 0
    else:  # the sample API has no such endpoint, but it was asked
        assert [each["status"] for each in report["data"]["requests"]] == [404]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "bom"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_nango_yaml_keeps_every_byte(mark, newline, project, nango):
    text = (project / "nango.yaml").read_text().replace("\n", newline).encode()
    (project / "nango.yaml").write_bytes(mark + text)
    assert nango("create", "--action", "github", "close", cwd=project).status == 0
    after = (project / "nango.yaml").read_bytes()
    assert after.startswith(mark + text[:100])
    rest = iter(after.split(b"\n"))
    assert all(line in rest for line in (mark + text).split(b"\n")), "every line is there, in order"
    assert after.count(b"\n") == after.count(newline.encode())
    passes(nango, project)


def test_an_empty_project(tmp_path, nango):
    (tmp_path / "nango.yaml").write_text(EMPTY)
    for kind in KINDS:
        assert nango("create", kind, "github", "issue").status == (0 if kind != "--action" else 2)
    passes(nango, tmp_path)


def test_scopes_are_those_of_the_integrations_other_scripts(project, nango):
    nango("create", "--sync", "github", "issues", cwd=project)
    assert (project / "nango.yaml").read_text().count("scopes:") == 3


def test_events(project, nango):
    arguments = ["create", "--on-event", "github", "leave", "--event"]
    assert nango(*arguments, "pre-connection-deletion", cwd=project).status == 0
    assert "            pre-connection-deletion:\n                - leave\n" in (project / "nango.yaml").read_text()
    result = nango(*arguments, "pre-connection-deleted", cwd=project)
    assert (result.status, "did you mean `pre-connection-deletion`?" in result.err) == (2, True)


WRONG_NAMES = ["a/b", "a\\b", "..", "../x", ".hidden", "a b", "a\nb", "a\x00b", "é", "", "-", "a.b"]


@pytest.mark.parametrize("place", ["integration", "name"])
@pytest.mark.parametrize("name", WRONG_NAMES)
def test_names_that_cannot_be(name, place, project, nango):
    before = tree(project.parent)
    words = [name, "issues"] if place == "integration" else ["github", name]
    result = nango("create", "--sync", "--", *words, cwd=project)
    assert result.status == 2
    assert result.err.startswith("error NG801: ")
    assert tree(project.parent) == before


@pytest.mark.parametrize(
    ("arguments", "message", "help"),
    [
        ([], "missing one of `--sync`, `--action` and `--on-event`", "see `nango create --help`"),
        (["--sync"], "missing argument `INTEGRATION`", "see `nango create --help`"),
        (["--sync", "github"], "missing argument `NAME`", "see `nango create --help`"),
        (["--sync", "--action", "a", "b"], "only one of", "choose one"),
        (["--sync", "a", "b", "--event", "x"], "`--event` is for on-event scripts", "add `--on-event`"),
        (["--sync", "github", "pull-requests"], "`github` has the sync `pull-requests` already", "nango.yaml:5:13"),
        (["--sync", "GitHub", "a"], "`GitHub` differs from the integration `github` by case alone", "write `github`"),
        (["--sync", "github", "Pull-requests"], "`Pull-requests` differs from the sync `pull-requests` by", "another"),
        (["--action", "github", "pull-requests"], "`github` has the sync `pull-requests` already", "another name"),
    ],
    ids=str,
)
def test_bad_usage(arguments, message, help, project, nango):
    before = tree(project)
    for tty in (False, True):
        result = nango("create", *arguments, cwd=project, tty=tty, environ={"CI": "1", "NO_COLOR": "1"})
        assert (result.status, result.out) == (2, "")
        assert result.err.startswith(f"error NG801: {message}")
        assert help in result.err
    assert tree(project) == before


@pytest.mark.parametrize(
    "path", ["github/syncs/issues.py", "github/syncs/issues.ts", "issues.py", "github/mappers/to_issue.py"]
)
@pytest.mark.parametrize("what", ["file", "link"])
def test_a_file_in_the_way_stops_it(path, what, project, nango):
    if what == "file":
        (project / path).write_text("mine")
    else:
        (project / path).symlink_to(project.parent / "elsewhere")
    before = tree(project)
    result = nango("create", "--sync", "github", "issues", cwd=project)
    assert result.status == 3
    assert result.err.startswith(f"error NG010: {path} ")
    assert tree(project) == before


def test_links_lead_nowhere(project, nango, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (project / "gitlab").symlink_to(outside)
    before = tree(project)
    result = nango("create", "--sync", "gitlab", "issues", cwd=project)
    assert (result.status, "leads out of the project" in result.err) == (3, True)
    assert (list(outside.iterdir()), tree(project)) == ([], before)


UNSUITABLE = {
    "braces": ("integrations: {github: {}}\n", "1:1", "`integrations` is written in braces"),
    "the oldest grammar": (
        "integrations:\n  github:\n    old: {type: action, returns: A}\nmodels: {A: {id: string}}\n",
        "2:3",
        "`github` is written in an older grammar",
    ),
    "the flat form": (
        "integrations:\n  github:\n    old: {endpoint: POST /old, output: A}\nmodels: {A: {id: string}}\n",
        "2:3",
        "`github` is written in an older grammar",
    ),
    "models in braces": ("integrations: {}\nmodels: {A: {id: string}}\n", "2:1", "`models` is written in braces"),
}


@pytest.mark.parametrize(("text", "place", "message"), UNSUITABLE.values(), ids=UNSUITABLE)
def test_what_nothing_can_be_added_to(text, place, message, tmp_path, nango):
    (tmp_path / "nango.yaml").write_text(text)
    result = nango("create", "--action", "github", "issue")
    assert result.status == 1
    assert result.err.startswith(f"nango.yaml:{place}: error NG407: {message}")
    assert tree(tmp_path) == {"nango.yaml": text.encode()}


def test_old_event_scripts_are_refused_beside_new_ones(tmp_path, nango):
    text = "integrations:\n  github:\n    post-connection-scripts: [old]\n"
    (tmp_path / "nango.yaml").write_text(text)
    result = nango("create", "--on-event", "github", "new")
    assert (result.status, "3:5: error NG407" in result.err) == (1, True)


def test_a_broken_nango_yaml_comes_first(project, nango):
    text = (project / "nango.yaml").read_text().replace("output: PullRequest", "output: PullRequst", 1)
    (project / "nango.yaml").write_text(text)
    before = tree(project)
    result = nango("create", "--sync", "github", "issues", cwd=project)
    assert (result.status, "error NG201" in result.err) == (1, True)
    assert tree(project) == before


def test_types_that_are_no_python(project, nango):
    (project / "github" / "types.py").write_text("class (")
    before = tree(project)
    result = nango("create", "--sync", "github", "issues", cwd=project)
    assert result.err.startswith("error NG010: github/types.py is not Python, so nothing is added to it")
    assert (result.status, tree(project)) == (3, before)


@pytest.mark.parametrize("text", ["", "import typing\r\n\r\nX = 1", "class GithubIssueResponse: ...\n"])
def test_types_that_are_there_stay(text, project, nango):
    (project / "github" / "types.py").write_bytes(text.encode())
    assert nango("create", "--sync", "github", "issues", cwd=project).status == 0
    after = (project / "github" / "types.py").read_bytes().decode()
    assert after.startswith(text)
    assert after.count("class GithubIssueResponse") == 1
    assert ("\r\n" in text) == ("\r\n" in after)
    compile(after, "types.py", "exec")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("writes", range(7))
def test_nothing_stays_when_one_file_cannot_be_written(writes, kind, project, nango, monkeypatch):
    before = tree(project)
    done = []

    def fail(_):
        done.append(1)
        if len(done) == writes + 1:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    result = nango("create", kind, "gitlab", "issues", cwd=project)
    if len(done) <= writes:
        assert result.status == 0
        return
    assert (result.status, "no space left on device" in result.err) == (3, True)
    assert tree(project) == before
    assert not (project / "gitlab").exists()


def test_outside_a_project(tmp_path, nango):
    result = nango("create", "--sync", "github", "issues")
    assert (result.status, "error NG001" in result.err) == (3, True)


def test_the_worked_example_takes_one_more(tmp_path, nango):
    project = shutil.copytree(EXAMPLE, tmp_path / "example")
    text = (project / "nango.yaml").read_text()
    assert nango("create", "--sync", "github", "issues", cwd=project).status == 0
    after = (project / "nango.yaml").read_text()
    assert after.endswith(f"{text[-60:]}\n    Issue:\n        id: string\n")
    rest = iter(after.splitlines())
    assert all(line in rest for line in text.splitlines())
    assert nango("compile", cwd=project).status == 0


def test_a_person_is_asked_in_a_real_terminal(project):
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    child = pexpect.spawn(
        sys.executable, ["-m", "nango_cli", "create"], cwd=str(project), env=environment, encoding="utf-8", timeout=30
    )
    for question, answer in [("What (sync, action, on-event)", "sync"), ("Integration", "github"), ("Name", "issues")]:
        child.expect_exact(question)
        child.sendline(answer)
    child.expect_exact("github/syncs/issues.py")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert (project / "github" / "syncs" / "issues.py").exists()


def test_nobody_is_asked_in_ci(project):
    child = pexpect.spawn(
        sys.executable,
        ["-m", "nango_cli", "create"],
        cwd=str(project),
        env={**os.environ, "CI": "true"},
        encoding="utf-8",
        timeout=30,
    )
    child.expect_exact("NG801")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2
