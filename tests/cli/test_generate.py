"""`nango generate`: what it writes, and what it never touches."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest

TEXT = "integrations: {}\nmodels: {Issue: {id: string}}\n"
WRITTEN = ["models.py", ".nango/schema.json", ".nango/nango.json"]


@pytest.fixture
def project(tmp_path):
    (tmp_path / "nango.yaml").write_text(TEXT)
    return tmp_path


def test_it_writes_models_once(project, nango):
    assert nango("generate").status == 0
    models = project / "models.py"
    assert "class Issue(Model):" in models.read_text()
    before = models.stat()
    result = nango("generate", "--format", "json")
    assert json.loads(result.out)["data"] == {"files": [{"path": path, "changed": False} for path in WRITTEN]}
    after = models.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns), "an unchanged file is not written"


def test_it_is_quiet_in_a_pipe_and_says_what_it_did_on_a_terminal(project, nango):
    assert nango("generate", tty=True).err == "".join(f"{path}: written\n" for path in WRITTEN)
    assert nango("generate", tty=True).err == "".join(f"{path}: up to date\n" for path in WRITTEN)
    result = nango("generate")
    assert (result.out, result.err) == ("", "")


def test_nothing_is_written_while_there_are_errors(project, nango):
    (project / "nango.yaml").write_text(TEXT.replace("string", "'[]'"))
    result = nango("generate")
    assert result.status == 1
    assert "error NG206" in result.err
    assert not (project / "models.py").exists()


def test_a_hand_written_file_is_never_overwritten(project, nango):
    (project / "models.py").write_text("# mine\n")
    result = nango("generate")
    assert result.status == 3
    assert result.err.startswith("error NG501: models.py was not generated, so it is not overwritten")
    assert (project / "models.py").read_text() == "# mine\n"


def test_an_empty_file_is_nobodys_work(project, nango):
    (project / "models.py").touch()
    assert nango("generate").status == 0


def test_a_link_out_of_the_project_is_not_followed(project, nango, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "models.py"
    (project / "models.py").symlink_to(outside)
    result = nango("generate")
    assert (result.status, result.err.split(":")[0]) == (3, "error NG010")
    assert not outside.exists()


def test_nothing_is_left_behind_when_writing_fails(project, nango):
    (project / "models.py").mkdir()
    result = nango("generate")
    assert result.status == 3
    assert result.err.startswith("error NG002: cannot read models.py: is a directory")
    assert sorted(each.name for each in project.iterdir()) == ["models.py", "nango.yaml"]


def test_the_mode_of_a_file_is_kept(project, nango):
    nango("generate")
    (project / "models.py").chmod(0o640)
    (project / "nango.yaml").write_text(TEXT.replace("Issue", "Bug"))
    nango("generate")
    assert (project / "models.py").stat().st_mode & 0o777 == 0o640


def test_a_failed_replacement_removes_its_temporary_file(project, nango, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    result = nango("generate")
    assert result.err.startswith("error NG010: cannot write models.py: no space left on device")
    assert [each.name for each in project.iterdir()] == ["nango.yaml"]


@pytest.mark.parametrize("state", ["new", "stale"])
@pytest.mark.parametrize("writes", range(2))
@pytest.mark.parametrize("failure", [OSError(30, "Read-only file system"), KeyboardInterrupt()], ids=["locked", "^C"])
def test_all_files_are_written_or_none(writes, failure, state, project, nango, monkeypatch):
    if state == "stale":
        nango("generate")
        (project / "models.py").chmod(0o640)
        (project / "nango.yaml").write_text(TEXT.replace("Issue", "Bug"))
    before = {path: path.is_file() and path.read_bytes() for path in project.rglob("*")}
    done = []

    def fail(_):
        done.append(1)
        if len(done) == writes + 1:
            raise failure

    monkeypatch.setattr(os, "fsync", fail)
    result = nango("generate")
    assert result.status == (3 if isinstance(failure, OSError) else 130)
    assert {path: path.is_file() and path.read_bytes() for path in project.rglob("*")} == before
    assert state == "new" or (project / "models.py").stat().st_mode & 0o777 == 0o640


@pytest.fixture
def stale(project, nango):
    nango("generate")
    (project / "nango.yaml").write_text(TEXT.replace("string", "number"))
    return project


@pytest.mark.parametrize("state", ["missing", "stale"])
def test_check_fails_and_shows_the_difference(state, stale, nango):
    models = stale / "models.py"
    if state == "missing":
        models.unlink()
    before = models.read_bytes() if models.exists() else None
    result = nango("generate", "--check")
    assert result.status == 1
    assert "error NG502: models.py is " + ("missing" if before is None else "not what nango.yaml") in result.err
    assert "+    id: int | float" in result.out
    assert (models.read_bytes() if models.exists() else None) == before


def test_check_passes_when_everything_is_up_to_date(stale, nango):
    nango("generate")
    assert nango("generate", "--check") == nango("generate", "--diff")
    assert nango("generate", "--check").status == 0
    assert nango("generate", "--check").out + nango("generate", "--check").err == ""


def test_check_points_at_the_line_in_every_format(stale, nango):
    found, _ = json.loads(nango("generate", "--check", "--format", "json").out)["diagnostics"]
    line = found["span"]["line"]
    assert (found["code"], found["path"]) == ("NG502", "models.py")
    assert (stale / "models.py").read_text().splitlines()[line - 1] == "    id: str"
    assert nango("generate", "--check", "--format", "github").out.startswith(f"::error file=models.py,line={line},")


@pytest.mark.skipif(not shutil.which("patch"), reason="needs the program patch")
def test_the_difference_is_a_patch(stale, nango):
    result = nango("generate", "--diff")
    assert (result.status, result.err) == (0, "")
    subprocess.run(["patch", "-p1", "--quiet"], cwd=stale, input=result.out, text=True, check=True)
    assert nango("generate", "--check").status == 0
    assert json.loads(nango("generate", "--diff", "--format", "json").out)["data"]["files"] == [
        {"path": path, "changed": False} for path in WRITTEN
    ]


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_a_file_that_was_not_generated_is_in_the_way_of_comparing_too(option, project, nango):
    (project / "models.py").write_text("# mine\n")
    assert "error NG501" in nango("generate", option).err


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_errors_in_nango_yaml_come_first(option, project, nango):
    (project / "nango.yaml").write_text(TEXT.replace("string", "'[]'"))
    result = nango("generate", option)
    assert (result.status, result.out) == (1, "")
    assert "NG502" not in result.err


def test_a_terminal_is_told_what_is_out_of_date(stale, nango):
    assert nango("generate", "--diff", "--target", "python", tty=True).err == "models.py: out of date\n"


def test_targets_are_chosen_by_name(project, nango):
    assert nango("generate", "--target", "python", "--target", "python").status == 0
    assert (project / "models.py").exists()
    result = nango("generate", "--target", "pyhton")
    assert result.status == 2
    assert result.err.startswith("error NG801: no target is named `pyhton`\n  help: did you mean `python`?")
    assert "targets: `python`" in nango("generate", "--target", "cobol").err


def test_without_a_line_break_at_the_end(stale, nango):
    models = stale / "models.py"
    models.write_text(models.read_text().rstrip("\n"))
    assert "\\ No newline at end of file" in nango("generate", "--diff").out
