"""`nango check --fix`, `--diff` and `--unsafe-fixes`: what is written, what is printed, and how it ends."""

from __future__ import annotations

import json
import re
import subprocess

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
    fixed = {"code": "NG220", "title": "write `title?` and remove `undefined`", "path": "nango.yaml"}
    assert report["data"]["fixed"] == [fixed]
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


YAML = """\
integrations:
    acme:
        actions:
            ping:
                description: Say hello
                endpoint: { method: POST, path: /ping, group: Ping }
                input: Wanted
                output: string
models:
    Wanted:
        name: string | undefined
"""
SCRIPT = """\
from models import NangoAction, Wanted


def run_action(nango: NangoAction, input: Wanted) -> str:
    print("é")  # first of all
    # https://docs.github.com/en/rest
    nango.get({"endpoint": f"/a?b=1"})
    if not input:
        raise ValueError("nothing")
    return ""  # nango: ignore[NG419]
"""
MENDED = """\
from models import NangoAction, ProxyConfiguration, Wanted


def run_action(nango: NangoAction, input: Wanted) -> str:
    nango.log("é")  # first of all
    # https://docs.github.com/en/rest
    nango.get(ProxyConfiguration(endpoint=f"/a", retries=3, params={"b": "1"}))
    if not input:
        raise ValueError("nothing")
    return ""
"""


@pytest.fixture
def script(tmp_path):
    (tmp_path / "nango.yaml").write_text(YAML)
    path = tmp_path / "acme" / "actions" / "ping.py"
    path.parent.mkdir(parents=True)
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def test_scripts_are_fixed_too(script, nango, tmp_path):
    result = nango("check", "--fix", tty=True, environ={"NO_COLOR": "1"})
    assert script.read_text(encoding="utf-8") == MENDED
    assert "name?: string" in (tmp_path / "nango.yaml").read_text()
    assert (result.status, [*re.findall(r"NG4\d\d(?=: )", result.out)]) == (0, ["NG420"])
    assert result.err == "nango.yaml: fixed 1 problem\nacme/actions/ping.py: fixed 5 problems\n"
    before = script.stat().st_mtime_ns, script.stat().st_ino
    assert nango("check", "--fix", "--unsafe-fixes", "--select", "NG4").out == ""
    assert 'raise nango.ActionError({"message": "nothing"})' in script.read_text(encoding="utf-8")
    assert (script.stat().st_mtime_ns, script.stat().st_ino) != before


def test_the_patch_is_of_all_files(script, nango, tmp_path):
    result = nango("check", "--diff")
    assert (result.status, result.err, script.read_text(encoding="utf-8")) == (1, "", SCRIPT)
    assert re.findall(r"^\+\+\+ b/(.*)", result.out, re.MULTILINE) == ["nango.yaml", "acme/actions/ping.py"]
    subprocess.run(["patch", "-p1", "--quiet"], cwd=tmp_path, input=result.out.encode(), check=True)
    assert script.read_text(encoding="utf-8") == MENDED


def test_what_is_fixed_says_where(script, nango):
    fixed = json.loads(nango("check", "--fix", "--select", "NG4", "--format", "json").out)["data"]["fixed"]
    assert {each["path"] for each in fixed} == {"acme/actions/ping.py"}
    assert sorted(each["code"] for each in fixed) == ["NG411", "NG412", "NG414", "NG419"]


def test_fixes_of_scripts_are_in_sarif(script, nango):
    [run] = json.loads(nango("check", "--select", "NG419", "--format", "sarif").out)["runs"]
    [change] = run["results"][0]["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "acme/actions/ping.py"
    assert [each["insertedContent"]["text"] for each in change["replacements"]] == ["nango.log"]


def test_only_what_is_reported_of_a_script_is_fixed(script, nango):
    nango("check", "--fix", "--ignore", "NG0,NG2,NG41")
    assert script.read_text(encoding="utf-8") == SCRIPT
    silenced = SCRIPT.replace("# first of all", "# nango: ignore[NG419]")
    script.write_text(silenced, encoding="utf-8")
    nango("check", "--fix", "--select", "NG419")
    assert script.read_text(encoding="utf-8") == silenced


def test_what_nango_yaml_gains_counts_for_scripts(script, nango, tmp_path):
    """A sync that is misspelled is none; once it is one, its script is looked at."""
    (tmp_path / "nango.yaml").write_text(YAML.replace("input: Wanted", "input: Wantd"))
    nango("check", "--fix", "--unsafe-fixes", "--ignore", "NG420")
    assert script.read_text(encoding="utf-8") == MENDED


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_bytes_of_a_script_that_no_fix_names_stay(mark, newline, script, nango):
    script.write_bytes(mark + SCRIPT.replace("\n", newline).encode())
    script.chmod(0o750)
    nango("check", "--fix")
    assert script.read_bytes() == mark + MENDED.replace("\n", newline).encode()
    assert script.stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize("text", [b"print(", b"print(1)\n", b"def run_action(nango):\n    print('\xe9')\n"])
def test_a_script_that_cannot_be_run_is_left_alone(text, script, nango):
    script.write_bytes(text)
    assert nango("check", "--fix", "--unsafe-fixes").status == 1
    assert script.read_bytes() == text


def test_mappers_and_types_are_fixed_too(script, nango, tmp_path):
    path = tmp_path / "acme" / "types.py"
    path.write_text("X = 1  # why # nango: ignore[NG432]\n")
    nango("check", "--fix")
    assert path.read_text() == "X = 1  # why\n"


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_a_script_that_leads_out_of_the_project_is_left_alone_and_the_rest_is_fixed(option, script, nango, tmp_path):
    outside = tmp_path.parent / f"{tmp_path.name}.py"
    script.rename(outside)
    script.symlink_to(outside)
    found = json.loads(nango("check", option, "--format", "json").out)
    assert found["exit_code"] == 1
    messages = [each["message"] for each in found["diagnostics"] if each["code"] == "NG010"]
    assert messages == ["acme/actions/ping.py leads out of the project, so it is not fixed"]
    assert "NG419" in {each["code"] for each in found["diagnostics"]}
    assert outside.read_text(encoding="utf-8") == SCRIPT
    if option == "--fix":
        assert (tmp_path / "nango.yaml").read_text() != YAML
    else:
        assert "b/nango.yaml" in found["data"]["diff"]
        assert "ping.py" not in found["data"]["diff"]


def test_a_file_that_two_scripts_lead_to_is_fixed_once(script, nango, tmp_path):
    (tmp_path / "nango.yaml").write_text(YAML.replace("ping:", "pong: {endpoint: POST /pong}\n            ping:"))
    (script.parent / "pong.py").symlink_to("ping.py")
    found = json.loads(nango("check", "--diff", "--select", "NG419", "--format", "json").out)
    assert found["data"]["diff"].count("\n+++ ") == 1
    result = nango("check", "--fix", "--select", "NG419")
    assert (result.status, result.err) == (0, "")
    assert "nango.log(" in script.read_text(encoding="utf-8")
    assert (script.parent / "pong.py").is_symlink()


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_nothing_is_fixed_while_nango_toml_cannot_be_read(option, script, nango, tmp_path):
    (tmp_path / "nango.toml").write_text('ignore = ["NG419"\n')
    found = json.loads(nango("check", option, "--format", "json").out)
    assert found["exit_code"] == 1
    assert "NG011" in {each["code"] for each in found["diagnostics"]}
    assert not found["data"].get("diff")
    assert not found["data"].get("fixed")
    assert script.read_text(encoding="utf-8") == SCRIPT
    assert (tmp_path / "nango.yaml").read_text() == YAML
