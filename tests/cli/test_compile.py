"""`nango compile`: what is generated, what is said of scripts, and that none of them runs."""

from __future__ import annotations

import json
import os

import pytest

SYNC = "github/syncs/pull_requests.py"
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def found(project, nango):
    """Compiles and returns the exit status and each diagnostic as `path:line:column: code`."""

    def call():
        report = json.loads(nango("compile", "--format", "json", cwd=project).out)
        return report["exit_code"], [
            "{path}:{span[line]}:{span[column]}: {code}".format(**each) for each in report["diagnostics"]
        ]

    return call


def test_a_new_project_compiles(project, nango):
    models = (project / "models.py").read_text()
    (project / "models.py").unlink()
    result = nango("compile", cwd=project)
    assert (result.status, result.out, result.err) == (0, "", "")
    assert (project / "models.py").read_text() == models
    assert nango("compile", cwd=project, tty=True).err == "nango.yaml: 2 scripts; generated files up to date\n"


def test_json(project, nango):
    report = json.loads(nango("compile", "--format", "json", cwd=project).out)
    assert (report["command"], report["ok"], report["diagnostics"]) == ("compile", True, [])
    assert {"path": "models.py", "changed": False} in report["data"]["files"]
    assert report["data"] == {
        "path": "nango.yaml",
        "files": report["data"]["files"],
        "scripts": [
            {"integration": "github", "kind": "sync", "name": "pull-requests", "path": SYNC, "checked": True},
            {
                "integration": "github",
                "kind": "action",
                "name": "create-pull-request",
                "path": "github/actions/create_pull_request.py",
                "checked": True,
            },
        ],
    }


def test_every_problem_at_once(project, found):
    (project / SYNC).write_text("def fetchData(nango): ...\n")
    (project / "github" / "actions" / "create_pull_request.py").unlink()
    (project / "github" / "actions" / "other.py").touch()
    assert found() == (
        1,
        ["github/actions/other.py:1:1: NG405", f"{SYNC}:1:5: NG402", "nango.yaml:20:13: NG401"],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1:1: NG402"),
        ("def fetch_data(): ...", "1:5: NG403"),
        ("x = (", "1:5: NG404"),
        ("\ufeffx = (", "1:5: NG404"),
    ],
)
def test_a_script_that_cannot_run(text, expected, project, found):
    (project / SYNC).write_text(text)
    assert found() == (1, [f"{SYNC}:{expected}"])


def test_a_script_that_is_not_utf_8(project, found):
    (project / SYNC).write_bytes(b"x = '\xff'\n")
    assert found() == (1, [f"{SYNC}:1:6: NG003"])


def test_no_script_is_executed(project, nango, tmp_path):
    text = (project / SYNC).read_text()
    (project / SYNC).write_text(f"open({str(tmp_path / 'trap')!r}, 'w')\n{text}")
    assert nango("compile", cwd=project).status == 0
    assert not (tmp_path / "trap").exists()


@pytest.mark.parametrize("place", ["github/syncs/pull-requests.ts", "pull-requests.ts"])
def test_a_script_in_typescript_is_only_looked_for(place, project, nango):
    (project / SYNC).unlink()
    (project / place).write_text("this is not checked")
    report = json.loads(nango("compile", "--format", "json", cwd=project).out)
    assert (report["exit_code"], report["diagnostics"]) == (0, [])
    assert report["data"]["scripts"][0]["path"] == place
    assert report["data"]["scripts"][0]["checked"] is False


def test_a_missing_script_does_not_keep_models_from_being_generated(project, nango):
    (project / "models.py").unlink()
    (project / SYNC).unlink()
    result = nango("compile", cwd=project)
    assert result.status == 1
    assert "nango.yaml:5:13: error NG401: the sync `pull-requests` of `github` has no script file" in result.err
    assert (project / "models.py").exists()


def test_a_broken_nango_yaml_keeps_what_was_generated(project, nango):
    before = (project / "models.py").read_text()
    text = (project / "nango.yaml").read_text()
    (project / "nango.yaml").write_text(text.replace("output: PullRequest", "output: PullRequst", 1))
    (project / SYNC).unlink()
    result = nango("compile", cwd=project, tty=True)
    assert result.status == 1
    assert "NG201" in result.err
    assert "NG401" not in result.err
    assert "nango.yaml has errors, so nothing is generated" in result.err
    assert (project / "models.py").read_text() == before


def test_a_comment_silences_a_missing_script(project, nango):
    (project / SYNC).unlink()
    text = (project / "nango.yaml").read_text()
    silenced = text.replace("pull-requests:\n", "pull-requests: # nango: ignore[NG401]\n", 1)
    (project / "nango.yaml").write_text(silenced)
    result = nango("compile", cwd=project)
    assert (result.status, result.err) == (0, "")


def test_paths_are_shown_from_where_the_user_stands(project, nango):
    (project / SYNC).write_text("")
    assert nango("compile", cwd=project / "github").err.startswith("syncs/pull_requests.py:1:1: error NG402")
    github = nango("compile", "--format", "github", cwd=project.parent).out
    assert github.startswith("::error file=nango-integrations/github/syncs/pull_requests.py,line=1,col=1,")


@pytest.mark.parametrize(("name", "status"), [("a" * 300, 1), ("\\0", 1), ("../../x", 1)])
def test_names_that_no_file_can_have(name, status, tmp_path, nango):
    text = f'integrations: {{g: {{actions: {{"{name}": {{endpoint: POST /a}}}}}}}}\n'
    (tmp_path / "nango.yaml").write_text(text)
    result = nango("compile")
    assert (result.status, "NG401" in result.err) == (status, True), result.err


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["-C", "nowhere"], 3, "error NG001: nowhere does not exist"),
        (["--target", "python"], 2, "error NG801: no such option: --target"),
    ],
)
def test_bad_usage(arguments, status, message, nango):
    result = nango("compile", *arguments)
    assert (result.status, result.out) == (status, "")
    assert result.err.startswith(message)


@pytest.mark.skipif(AS_ROOT, reason="root may read everything")
@pytest.mark.parametrize("what", [SYNC, "github/syncs"])
def test_what_may_not_be_read(what, project, nango):
    (project / what).chmod(0)
    try:
        result = nango("compile", cwd=project)
    finally:
        (project / what).chmod(0o700)
    assert result.status in (1, 3)
    assert "permission denied" in result.err or "NG401" in result.err


def test_a_file_in_the_way_stops_it(project, nango):
    (project / "models.py").write_text("# mine\n")
    result = nango("compile", cwd=project)
    assert (result.status, "error NG501" in result.err) == (3, True)


def test_the_projects_configuration_counts_here_too(project, found):
    (project / "github" / "actions" / "other.py").touch()
    assert found() == (0, ["github/actions/other.py:1:1: NG405"])
    (project / "nango.toml").write_text("strict = true\n")
    assert found() == (1, ["github/actions/other.py:1:1: NG405"])
    (project / "nango.toml").write_text('ignore = ["undeclared-script"]\n')
    assert found() == (0, [])
    (project / "nango.toml").write_text("strct = true\n")
    assert found() == (1, ["nango.toml:1:1: NG011", "github/actions/other.py:1:1: NG405"])


@pytest.mark.parametrize("settings", ['select = ["NG32"]', 'ignore = ["NG2", "NG4"]'])
def test_what_nango_toml_hides_from_check_still_fails_a_build(settings, nango, tmp_path):
    (tmp_path / "nango.toml").write_text(settings + "\n")
    (tmp_path / "nango.yaml").write_text(
        "integrations: {gh: {syncs: {a: {runs: every day, endpoint: /a, output: Nope}}}}\n"
    )
    result = nango("compile")
    assert (result.status, "error NG201" in result.err) == (1, True)
    (tmp_path / "nango.yaml").write_text("integrations: {gh: {actions: {a: {endpoint: /a}}}}\n")
    result = nango("compile")
    assert (result.status, "error NG401" in result.err) == (1, True)
