"""What `nango` says when the trouble is with the files themselves: missing, unreadable, unwritable, huge."""

from __future__ import annotations

import os

import pytest

from nango_cli.diagnostics.source import Source
from nango_cli.language.compiler import compile_source
from nango_cli.language.syntax import MAX_CHARACTERS

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0

PROJECT = "integrations: {}\n\nmodels:\n    Issue:\n        id: string\n"


def test_no_project_at_the_top_of_the_file_system(nango):
    result = nango("check", "-C", "/")
    assert (result.status, result.out) == (3, "")
    assert result.err.startswith("error NG001: no nango.yaml in / or any folder above it\n  help: ")
    assert "`nango init` starts one" in result.err


@pytest.mark.parametrize("command", ["check", "generate"])
def test_folder_that_does_not_exist(command, nango):
    result = nango(command, "-C", "nowhere")
    assert result.status == 3
    assert result.err.startswith("error NG001: nowhere does not exist\n  help: pass the folder that holds nango.yaml\n")


def test_file_in_place_of_a_folder(nango, tmp_path):
    (tmp_path / "nango.yaml").write_text(PROJECT)
    result = nango("check", "-C", "nango.yaml")
    assert result.status == 3
    assert result.err.startswith("error NG001: nango.yaml is not a folder\n")


@pytest.mark.parametrize("start", [".", "nango-integrations", "nango-integrations/github/syncs"])
def test_project_is_found_here_below_and_above(start, nango, tmp_path):
    syncs = tmp_path / "nango-integrations" / "github" / "syncs"
    syncs.mkdir(parents=True)
    (tmp_path / "nango-integrations" / "nango.yaml").write_text(PROJECT)
    result = nango("check", cwd=tmp_path / start)
    assert (result.status, result.out, result.err) == (0, "", "")


def test_paths_are_shown_from_where_the_user_stands(nango, tmp_path):
    (tmp_path / "nango.yaml").write_text("integrations:\n")
    below = tmp_path / "github" / "syncs"
    below.mkdir(parents=True)
    assert nango("check", cwd=below).out.startswith("../../nango.yaml:1:14: error NG104: ")


def test_folder_called_nango_yaml(nango, tmp_path):
    (tmp_path / "nango.yaml").mkdir()
    result = nango("check")
    assert (result.status, result.out) == (3, "")
    assert result.err.startswith("error NG002: cannot read nango.yaml: is a directory\n")


@pytest.mark.skipif(AS_ROOT, reason="root may read everything")
def test_file_without_permission(nango, tmp_path):
    path = tmp_path / "nango.yaml"
    path.write_text(PROJECT)
    path.chmod(0)
    result = nango("check")
    assert result.status == 3
    assert result.err.startswith("error NG002: cannot read nango.yaml: permission denied\n")


def test_readable_file_is_not_reported(nango, tmp_path):
    (tmp_path / "nango.yaml").write_text(PROJECT)
    result = nango("check")
    assert (result.status, result.out, result.err) == (0, "", "")


def test_utf_16_is_named(nango, tmp_path):
    (tmp_path / "nango.yaml").write_bytes(PROJECT.encode("utf-16"))
    result = nango("check")
    assert result.status == 1
    assert "error NG003: the byte 0x" in result.out
    assert "help: the file looks like UTF-16: save it as UTF-8" in result.out


def test_link_out_of_the_project_is_not_followed(nango, tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    (project / "nango.yaml").write_text(PROJECT)
    (project / "models.py").symlink_to(tmp_path / "elsewhere.py")
    result = nango("generate", cwd=project)
    assert (result.status, result.out) == (3, "")
    assert result.err.startswith("error NG010: models.py leads out of the project\n")
    assert not (tmp_path / "elsewhere.py").exists()


@pytest.mark.skipif(AS_ROOT, reason="root may write everywhere")
def test_folder_without_permission(nango, tmp_path):
    (tmp_path / "nango.yaml").write_text(PROJECT)
    tmp_path.chmod(0o500)
    try:
        result = nango("generate")
    finally:
        tmp_path.chmod(0o700)
    assert result.status == 3
    assert result.err.startswith("error NG010: cannot write models.py: permission denied\n")


def test_writable_folder_gets_the_file(nango, tmp_path):
    (tmp_path / "nango.yaml").write_text(PROJECT)
    result = nango("generate")
    assert (result.status, result.out, result.err) == (0, "", "")
    assert "class Issue" in (tmp_path / "models.py").read_text()


@pytest.mark.parametrize("extra", [0, 1])
def test_as_many_characters_as_are_read_and_one_more(extra):
    text = PROJECT + "#"
    text += "x" * (MAX_CHARACTERS + extra - len(text))
    codes = [each.code for each in compile_source(Source("nango.yaml", text)).diagnostics]
    assert codes == ["NG006"] * extra


def test_file_of_many_megabytes_is_refused_by_its_length(nango, tmp_path):
    with (tmp_path / "nango.yaml").open("wb") as file:
        file.truncate(4 * MAX_CHARACTERS + 100)
    result = nango("check")
    assert result.status == 1
    assert "error NG006: the file is too large" in result.out
