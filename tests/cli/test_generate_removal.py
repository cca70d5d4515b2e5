"""A file that is no longer generated goes away, if nobody has made it their own."""

from __future__ import annotations

import json

import pytest

TEXT = "integrations: {gh: {}}\nmodels: {Issue: {id: string}}\n"
FILES = ["models.ts", ".nango/schema.ts", "schema.zod.ts"]


@pytest.fixture
def project(tmp_path, nango):
    """A project that had TypeScript generated and whose last script in it is gone."""
    (tmp_path / "nango.yaml").write_text(TEXT)
    script = tmp_path / "gh" / "syncs" / "issues.ts"
    script.parent.mkdir(parents=True)
    script.touch()
    assert nango("generate").status == 0
    assert there(tmp_path) == FILES
    script.unlink()
    return tmp_path


def there(project):
    return [path for path in FILES if (project / path).exists()]


def test_it_is_removed(project, nango):
    result = nango("generate", tty=True)
    assert (result.status, there(project)) == (0, [])
    assert result.err.endswith(".nango/schema.ts: removed\nmodels.ts: removed\nschema.zod.ts: removed\n")
    assert "removed" not in nango("generate", tty=True).err


def test_json_says_so(project, nango):
    files = json.loads(nango("generate", "--format", "json").out)["data"]["files"]
    assert {"path": "models.ts", "changed": True, "removed": True} in files


def test_check_reports_what_would_be_removed(project, nango):
    result = nango("generate", "--check", tty=True, environ={"NO_COLOR": "1"})
    assert result.status == 1
    for path in FILES:
        assert f"--- a/{path}\n+++ /dev/null\n" in result.out
        assert f"{path}:1:1: error NG502: {path.removeprefix('.nango/')} is no longer generated\n" in result.err
        assert f"{path}: no longer generated\n" in result.err
    data = json.loads(nango("generate", "--check", "--format", "json").out)
    assert (data["ok"], [each["code"] for each in data["diagnostics"]]) == (False, ["NG502"] * 3)
    [gone] = [each for each in data["data"]["files"] if each["path"] == "models.ts"]
    assert (gone["changed"], gone["removed"], gone["diff"][:13]) == (True, True, "--- a/models.")
    assert nango("generate", "--diff").status == 0
    assert nango("generate", "--check", "--target", "python").status == 0
    assert there(project) == FILES
    nango("generate")
    assert nango("generate", "--check").status == 0


def test_check_says_nothing_of_what_was_edited(project, nango):
    for path in FILES:
        (project / path).write_text((project / path).read_text() + "// mine\n")
    assert nango("generate", "--check").status == 0


def test_what_was_edited_stays(project, nango):
    (project / "models.ts").write_text((project / "models.ts").read_text() + "// mine\n")
    assert nango("generate").status == 0
    assert there(project) == ["models.ts"]
    assert nango("generate").status == 0
    assert there(project) == ["models.ts"]


@pytest.mark.parametrize("arguments", [["--check"], ["--diff"], ["--target", "python"]], ids=" ".join)
def test_nothing_is_removed_by_less_than_a_whole_run(arguments, project, nango):
    nango("generate", *arguments)
    assert there(project) == FILES


def test_nothing_is_removed_while_there_are_errors(project, nango):
    (project / "nango.yaml").write_text(TEXT.replace("string", "'[]'"))
    assert nango("generate").status == 1
    assert there(project) == FILES


def test_nothing_is_removed_when_writing_fails(project, nango):
    (project / "models.py").write_text("# mine\n")
    assert nango("generate").status == 3
    assert there(project) == FILES


def test_what_was_asked_for_by_name_stays(project, nango):
    nango("generate")
    assert nango("generate", "--target", "zod", "--target", "openapi").status == 0
    assert nango("generate").status == 0
    assert (project / "schema.zod.ts").exists()
    assert (project / "openapi.json").exists()


def test_a_manifest_leads_nowhere_else(project, nango, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "file"
    outside.write_text("x")
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"  # of x
    (project / "link").symlink_to(outside)
    (project / "kept").write_text("y")
    files = {
        str(outside): digest,
        f"../{outside.parent.name}/file": digest,
        "link": digest,
        "gh": digest,
        "kept": digest,
    }
    (project / ".nango" / "generated.json").write_text(json.dumps({"files": files}))
    assert nango("generate").status == 0
    assert outside.exists()
    assert (project / "link").is_symlink()
    assert (project / "kept").exists()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"files": 1}', '{"files": {"models.ts": 1}}', "\x00"])
def test_a_manifest_of_another_kind_is_as_none(content, project, nango):
    (project / ".nango" / "generated.json").write_text(content)
    assert nango("generate").status == 0
    assert there(project) == FILES
    assert json.loads((project / ".nango" / "generated.json").read_text())["files"]
