"""Several files written as one."""

from __future__ import annotations

import os

import pytest

from nango_cli.errors import FileError
from nango_cli.scaffold.changes import Change, carry_out
from nango_cli.workspace import Workspace


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "nango.yaml").write_bytes(b"\xef\xbb\xbfa\r\n")
    return Workspace(tmp_path, tmp_path)


CHANGES = [Change("x/y.py", "new"), Change("nango.yaml", "a\r\nb\r\n", "a\r\n"), Change("x/z.py", "new")]


def test_all_of_them(workspace):
    carry_out(workspace, CHANGES)
    assert (workspace.root / "nango.yaml").read_bytes() == b"\xef\xbb\xbfa\r\nb\r\n"
    assert (workspace.root / "x" / "y.py").read_text() == (workspace.root / "x" / "z.py").read_text() == "new"


def test_none_of_them(workspace, monkeypatch):
    done = []

    def fail(_):
        done.append(1)
        if len(done) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(FileError, match="no space left"):
        carry_out(workspace, CHANGES)
    assert (workspace.root / "nango.yaml").read_bytes() == b"\xef\xbb\xbfa\r\n"
    assert [each.name for each in workspace.root.iterdir()] == ["nango.yaml"]


def test_a_file_that_changed_meanwhile_stays(workspace):
    (workspace.root / "nango.yaml").write_text("other")
    with pytest.raises(FileError, match="changed in the meantime"):
        carry_out(workspace, CHANGES)
    assert (workspace.root / "nango.yaml").read_text() == "other"
    assert [each.name for each in workspace.root.iterdir()] == ["nango.yaml"]


@pytest.mark.parametrize("path", ["../x.py", "/etc/x.py", "link/x.py"])
def test_nothing_leads_out(path, workspace, tmp_path_factory):
    (workspace.root / "link").symlink_to(tmp_path_factory.mktemp("outside"))
    with pytest.raises(FileError) as raised:
        carry_out(workspace, [Change("fine.py", ""), Change(path, "")])
    assert raised.value.code == "NG010"
    assert not (workspace.root / "fine.py").exists()


def test_what_was_written_just_before_an_interruption_goes_too(workspace, monkeypatch):
    save = Workspace.save

    def interrupted(*arguments):
        save(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(Workspace, "save", interrupted)
    with pytest.raises(KeyboardInterrupt):
        carry_out(workspace, CHANGES)
    assert (workspace.root / "nango.yaml").read_bytes() == b"\xef\xbb\xbfa\r\n"
    assert [each.name for each in workspace.root.iterdir()] == ["nango.yaml"]
