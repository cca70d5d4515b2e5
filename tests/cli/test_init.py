"""`nango init`: a project in which everything works at once, and nothing half-written."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pexpect
import pytest

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
CREATE = {"owner": "octo-org", "repo": "hello-world", "title": "Fix it", "head": "fix", "base": "main"}


def tree(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


@pytest.mark.parametrize(
    "command",
    [
        ["check", "--strict"],
        ["generate", "--check"],
        ["compile"],
        ["dryrun", "pull-requests", "demo"],
        ["dryrun", "create-pull-request", "demo", "-i", json.dumps(CREATE)],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_every_later_command_succeeds_at_once(command, tmp_path, nango):
    started = nango("init")
    assert (started.status, started.err) == (0, "")
    result = nango(*command, "--format", "json")
    report = json.loads(result.out)
    assert (result.status, report["diagnostics"]) == (0, [])
    if "pull-requests" in command:
        assert report["data"]["records"]


def test_what_is_written(tmp_path, nango):
    nango("init", "project")
    project = tmp_path / "project"
    written = {path for path, data in tree(project).items() if data is not None}
    generated = json.loads(nango("generate", "--format", "json", cwd=project).out)["data"]["files"]
    assert written - {each["path"] for each in generated} == {
        ".gitignore",
        ".nango/nango.schema.json",
        "AGENTS.md",
        "README.md",
        "github/actions/create_pull_request.py",
        "github/mappers/to_pull_request.py",
        "github/syncs/pull_requests.py",
        "github/types.py",
        "local.yaml",
        "nango.yaml",
    }
    assert not any(each["changed"] for each in generated)
    first = (project / "nango.yaml").read_text().splitlines()[0]
    assert first == "# yaml-language-server: $schema=./.nango/nango.schema.json"
    assert (project / ".gitignore").read_text() == ".env\n.nango/store.sqlite*\n.nango/key*\n__pycache__/\ndist/\n"
    assert (project / "README.md").read_text().startswith("# project\n")
    for data in tree(project).values():
        assert data is None or (b"{{" not in data and b"{%" not in data and data.endswith(b"\n"))


def test_the_page_for_agents_names_commands_that_exist(tmp_path, nango):
    import re

    from nango_cli.cli.commands import COMMANDS

    nango("init")
    page = (tmp_path / "nango-integrations" / "AGENTS.md").read_text()
    named = set(re.findall(r"`nango ([a-z]+)", page))
    assert {"check", "compile", "create", "dryrun", "generate"} <= named <= COMMANDS.keys()


def test_json(nango):
    report = json.loads(nango("init", "a/b c", "--format", "json").out)
    assert (report["command"], report["ok"], report["data"]["path"]) == ("init", True, "a/b c")
    assert report["data"]["files"][0] == "a/b c/nango.yaml"


@pytest.mark.parametrize("tty", [False, True])
def test_the_paths_written_are_the_result(tty, tmp_path, nango):
    paths = nango("init", "a", tty=tty).out.splitlines()
    assert paths[0] == "a/nango.yaml"
    assert sorted(paths) == sorted(f"a/{path}" for path, data in tree(tmp_path / "a").items() if data is not None)


def test_a_terminal_is_told_what_to_do_next(nango):
    assert nango("init", tty=True).err == "\nnext: cd nango-integrations && nango dryrun pull-requests demo\n"
    assert nango("init", "other", "-C", "below", tty=True).err.splitlines()[-1].startswith("next: cd below/other")


@pytest.mark.parametrize("path", ["nango-integrations", ".", "nango-integrations/github", "nango-integrations/new"])
def test_a_project_is_left_alone(path, tmp_path, nango):
    nango("init")
    before = tree(tmp_path)
    result = nango("init", path)
    assert result.status == 2
    assert result.err.startswith("error NG801: ")
    assert "a project already: there is " in result.err
    assert tree(tmp_path) == before


def test_what_we_keep_in_a_folder_tells_of_a_project_too(tmp_path, nango):
    (tmp_path / ".nango").mkdir()
    assert nango("init", ".").err.startswith("error NG801: . is a project already: there is .nango\n")


def test_beside_a_project_there_is_room(tmp_path, nango):
    assert nango("init").status == nango("init", "other").status == 0


def test_an_empty_path_is_no_folder(tmp_path, nango):
    result = nango("init", "")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("error NG801: the folder's name is empty\n  help: the current folder is `.`\n")
    assert tree(tmp_path) == {}
    assert nango("init", ".").status == 0


@pytest.mark.parametrize("path", ["link", "link/below", "link/../new", "inner/link"])
@pytest.mark.parametrize("target", ["elsewhere/foo", "link"], ids=["dangling", "loop"])
def test_nothing_is_created_through_a_link(path, target, tmp_path, nango):
    (tmp_path / "inner").mkdir()
    for link in (tmp_path / "link", tmp_path / "inner" / "link"):
        link.symlink_to(link if target == "link" else tmp_path / target)
    before = tree(tmp_path)
    result = nango("init", path)
    assert (result.status, result.out) == (3, "")
    assert "link is a link to something that is not there" in result.err
    assert result.err.startswith("error NG010: ")
    assert tree(tmp_path) == before


def test_a_link_to_a_folder_is_that_folder(tmp_path, nango):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert nango("init", "link").status == 0
    assert (tmp_path / "real" / "nango.yaml").exists()


@pytest.mark.parametrize("path", ["x" * 300, f"new/{'x' * 300}/new", "/".join(["x" * 99] * 99)])
def test_a_name_that_is_too_long(path, tmp_path, nango):
    result = nango("init", path)
    assert result.status in (2, 3)
    assert result.err.startswith(("error NG801: the folder's name is too long", "error NG010: cannot write nango.yaml"))
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("path", ["project", "project/inner", "project/in/ner"])
def test_a_folder_that_cannot_be_looked_into(path, tmp_path, nango, monkeypatch):
    project = tmp_path / "project"
    project.mkdir()

    def locked(function):
        def call(path, *arguments, **options):
            if isinstance(path, str | os.PathLike) and str(path).startswith(f"{project}{os.sep}"):
                raise PermissionError(13, "Permission denied", str(path))
            return function(path, *arguments, **options)

        return call

    for name in ("stat", "lstat", "mkdir", "open"):
        monkeypatch.setattr(os, name, locked(getattr(os, name)))
    result = nango("init", path)
    monkeypatch.undo()
    assert (result.status, result.out) == (3, "")
    assert result.err.startswith("error NG010: cannot write nango.yaml: permission denied")
    assert tree(project) == {}


@pytest.mark.parametrize("name", ["README.md", "github/types.py", "github/syncs", "github"])
@pytest.mark.parametrize("what", ["file", "dangling link"])
def test_nothing_is_overwritten(name, what, tmp_path, nango):
    project = tmp_path / "project"
    place = project / name
    place.parent.mkdir(parents=True)
    if what == "file":
        place.write_text("mine")
    else:
        place.symlink_to(tmp_path / "elsewhere")
    before = tree(tmp_path)
    result = nango("init", "project")
    assert (result.status, result.out) == (3, "")
    assert result.err.startswith("error NG010: ")
    assert tree(tmp_path) == before


def test_a_file_in_place_of_the_folder(tmp_path, nango):
    (tmp_path / "project").write_text("")
    result = nango("init", "project/below")
    assert result.status == 3
    assert result.err.startswith("error NG010: project is not a folder")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path, nango):
    (tmp_path / "outside").mkdir()
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "github").symlink_to(tmp_path / "outside")
    result = nango("init", "project")
    assert (result.status, result.err.split(":")[0]) == (3, "error NG010")
    assert tree(tmp_path / "outside") == {}
    assert [each.name for each in (tmp_path / "project").iterdir()] == ["github"]


@pytest.mark.parametrize("writes", range(13))
@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "^C"])
def test_nothing_stays_when_one_file_cannot_be_written(writes, failure, tmp_path, nango, monkeypatch):
    done = []

    def fail(_):
        done.append(1)
        if len(done) > writes:
            raise failure

    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "mine.txt").write_text("mine")
    monkeypatch.setattr(os, "fsync", fail)
    result = nango("init", "project")
    assert result.status == (3 if isinstance(failure, OSError) else 130)
    assert isinstance(failure, KeyboardInterrupt) or "no space left on device" in result.err
    assert tree(tmp_path / "project") == {"mine.txt": b"mine"}
    assert nango("init", "parents/project").status == result.status
    assert not (tmp_path / "parents").exists()


@pytest.mark.skipif(AS_ROOT, reason="root may write everywhere")
def test_a_folder_without_permission(tmp_path, nango):
    (tmp_path / "project").mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    result = nango("init", "project")
    assert result.status == 3
    assert "permission denied" in result.err


def test_in_a_real_terminal(tmp_path):
    child = pexpect.spawn(
        sys.executable, ["-m", "nango_cli", "init", "project"], cwd=str(tmp_path), encoding="utf-8", timeout=30
    )
    child.expect_exact("next: cd project && nango dryrun pull-requests demo")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert (tmp_path / "project" / "models.py").exists()
