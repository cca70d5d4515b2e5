"""`nango check --fix`, `--diff` and `--unsafe-fixes`: what is written, what is printed, and how it ends."""

from __future__ import annotations

import json

import pytest

from nango_cli import workspace
from nango_cli.errors import FileError

BEFORE = """\
integrations: {}
models:
    Issue: # the only one
        title: string | undefined   # often
        author: Usr
    User: {}
"""
SAFE = BEFORE.replace("title: string | undefined", "title?: string")
UNSAFE = SAFE.replace("Usr", "User")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "nango.yaml"
    path.write_text(BEFORE)
    return path


def test_fix_writes_what_is_safe_and_reports_the_rest(file, nango):
    result = nango("check", "--fix")
    assert file.read_text() == SAFE
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("nango.yaml:5:17: warning NG202: ")
    assert "\n  fix: write `User` (--unsafe-fixes)\n" in result.out
    assert "NG220" not in result.out


def test_unsafe_fixes_too(file, nango):
    result = nango("check", "--fix", "--unsafe-fixes", tty=True)
    assert file.read_text() == UNSAFE
    assert (result.status, result.out) == (0, "")
    assert result.err == "nango.yaml: fixed 2 problems\nnango.yaml: no problems (0 integrations, 0 scripts, 2 models)\n"


def test_unsafe_fixes_alone_is_bad_usage(file, nango):
    result = nango("check", "--unsafe-fixes")
    assert result.status == 2
    assert "error NG801: `--unsafe-fixes` alone does nothing\n  help: add `--fix`" in result.err


def test_only_what_is_selected_is_fixed(file, nango):
    assert nango("check", "--fix", "--ignore", "NG220").status == 0
    assert file.read_text() == BEFORE
    (file.parent / "nango.toml").write_text('strict = true\n[severity]\nundefined-union = "off"\n')
    assert nango("check", "--fix").status == 1
    assert file.read_text() == BEFORE
    assert nango("check", "--fix", "--select", "NG220").status == 0
    assert file.read_text() == SAFE


def test_diff_writes_nothing(file, nango):
    result = nango("check", "--diff")
    assert file.read_text() == BEFORE
    assert (result.status, result.err) == (1, "")
    assert result.out.splitlines() == [
        "--- a/nango.yaml",
        "+++ b/nango.yaml",
        "@@ -1,6 +1,6 @@",
        " integrations: {}",
        " models:",
        "     Issue: # the only one",
        "-        title: string | undefined   # often",
        "+        title?: string   # often",
        "         author: Usr",
        "     User: {}",
    ]
    assert "+        author: User" in nango("check", "--diff", "--unsafe-fixes").out
    assert nango("check", "--diff", "--fix").status == 1
    assert file.read_text() == BEFORE


def test_diff_of_nothing_is_silent(file, nango):
    file.write_text(SAFE)
    result = nango("check", "--diff")
    assert (result.status, result.out, result.err) == (0, "", "")


def test_json(file, nango):
    report = json.loads(nango("check", "--diff", "--format", "json").out)
    assert (report["exit_code"], report["ok"]) == (1, False)
    assert report["data"]["diff"].startswith("--- a/nango.yaml\n")
    assert [each["code"] for each in report["diagnostics"]] == ["NG220", "NG202"]
    report = json.loads(nango("check", "--fix", "--format", "json").out)
    assert report["data"]["fixed"] == [{"code": "NG220", "title": "write `title?` and remove `undefined`"}]
    assert [each["code"] for each in report["diagnostics"]] == ["NG202"]


def test_sarif(file, nango):
    [run] = json.loads(nango("check", "--format", "sarif").out)["runs"]
    [change] = run["results"][0]["fixes"][0]["artifactChanges"]
    assert [each["insertedContent"]["text"] for each in change["replacements"]] == ["", "?"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_bytes_that_no_fix_names_stay(mark, newline, file, nango):
    file.write_bytes(mark + BEFORE.replace("\n", newline).encode())
    file.chmod(0o640)
    nango("check", "--fix")
    assert file.read_bytes() == mark + SAFE.replace("\n", newline).encode()
    assert file.stat().st_mode & 0o777 == 0o640


def test_nothing_to_fix_leaves_the_file_alone(file, nango):
    file.write_text(SAFE)
    before = file.stat().st_mtime_ns, file.stat().st_ino
    nango("check", "--fix")
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == before


@pytest.mark.parametrize("text", ["integrations: {\n", "", b"\xff".decode("latin-1"), "integrations: 'caf\u00e9'"])
def test_a_file_that_cannot_be_read_is_left_alone(text, file, nango):
    file.write_bytes(text.encode("latin-1"))
    assert nango("check", "--fix", "--unsafe-fixes").status == 1
    assert file.read_bytes() == text.encode("latin-1")


def test_a_link_inside_the_project_is_followed(file, nango):
    real = file.with_name("real.yaml")
    file.rename(real)
    file.symlink_to(real)
    nango("check", "--fix")
    assert file.is_symlink()
    assert real.read_text() == SAFE


def test_a_link_out_of_the_project_is_not(file, tmp_path, nango):
    project = tmp_path / "project"
    project.mkdir()
    (project / "nango.yaml").symlink_to(file)
    result = nango("check", "--fix", cwd=project)
    assert result.status == 3
    assert result.err.startswith("error NG010: nango.yaml leads out of the project\n")
    assert file.read_text() == BEFORE


def test_what_has_changed_in_the_meantime_is_not_overwritten(file):
    folder = workspace.find(file.parent, file.parent)
    with pytest.raises(FileError, match=r"nango\.yaml has changed in the meantime"):
        folder.save("nango.yaml", SAFE, UNSAFE)
    assert file.read_text() == BEFORE
