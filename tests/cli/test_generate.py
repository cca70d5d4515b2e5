"""`nango generate`: what it writes, and what it never touches."""

from __future__ import annotations

import json
import os

import pytest

TEXT = "integrations: {}\nmodels: {Issue: {id: string}}\n"


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
    assert json.loads(result.out)["data"] == {"files": [{"path": "models.py", "changed": False}]}
    after = models.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns), "an unchanged file is not written"


def test_it_is_quiet_in_a_pipe_and_says_what_it_did_on_a_terminal(project, nango):
    assert nango("generate", tty=True).err == "models.py: written\n"
    assert nango("generate", tty=True).err == "models.py: up to date\n"
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
