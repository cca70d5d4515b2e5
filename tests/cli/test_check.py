"""`nango check`: formats, selection, where it looks, and what it prints to whom."""

from __future__ import annotations

import json

import pytest

WRONG = """\
integrations:
    github:
        syncs:
            issues:
                runs: every 10s
                endpoint: GET /issues
                output: Isue
        actions:
            close:
                endpoint: POST /issues
                input: Isue
models:
    Issue:
        id: string
"""
RIGHT = """\
integrations:
    github:
        syncs:
            issues:
                runs: every hour
                description: All issues
                track_deletes: true
                endpoint: {path: /issues, group: Issues}
                output: Issue
        actions:
            close:
                description: Close an issue
                endpoint: {path: /issues, group: Issues}
                input: Issue
models:
    Issue:
        id: string
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "nango.yaml").write_text(WRONG)
    return tmp_path


def test_every_problem_is_reported_at_once(project, nango):
    result = nango("check")
    assert (result.status, result.err) == (1, "")
    assert [line.split(": ")[1] for line in result.out.splitlines() if line.startswith("nango.yaml:")] == [
        "error NG304",
        "error NG201",
        "warning NG202",
    ]
    assert result.out.splitlines()[-1] == "found 2 errors and 1 warning"


def test_nothing_wrong_is_silent_in_a_pipe_and_said_on_a_terminal(project, nango):
    (project / "nango.yaml").write_text(RIGHT)
    quiet = nango("check")
    assert (quiet.status, quiet.out, quiet.err) == (0, "", "")
    assert nango("check", tty=True).err == "nango.yaml: no problems (1 integration, 2 scripts, 1 model)\n"


@pytest.mark.parametrize("name", ["check", "scc", "sync:config.check"])
def test_json(name, project, nango):
    result = nango(name, "--format", "json")
    report = json.loads(result.out)
    assert (result.status, result.err) == (1, "")
    assert {key: report[key] for key in ("version", "command", "ok", "exit_code", "summary")} == {
        "version": 1,
        "command": "check",
        "ok": False,
        "exit_code": 1,
        "summary": {"errors": 2, "warnings": 1, "notes": 0},
    }
    assert report["diagnostics"][1] == {
        "code": "NG201",
        "name": "undefined-model",
        "severity": "error",
        "message": "model `Isue` is not defined",
        "path": "nango.yaml",
        "span": {"line": 7, "column": 25, "end_line": 7, "end_column": 29},
        "help": "did you mean `Issue`? (defined at nango.yaml:13:5)",
        "labels": [],
        "fix": {
            "title": "write `Issue`",
            "safe": False,
            "edits": [
                {
                    "path": "nango.yaml",
                    "span": {"line": 7, "column": 25, "end_line": 7, "end_column": 29},
                    "text": "Issue",
                }
            ],
        },
        "docs": "nango explain NG201",
    }
    assert report["data"] == {"path": "nango.yaml", "integrations": 1, "scripts": 2, "models": 1}


def test_github_and_sarif(project, nango):
    assert (
        nango("check", "--format", "github")
        .out.splitlines()[1]
        .startswith("::error file=nango.yaml,line=7,col=25,endLine=7,endColumn=29,title=NG201 undefined-model::")
    )
    sarif = json.loads(nango("check", "--format=sarif").out)
    assert [each["ruleId"] for each in sarif["runs"][0]["results"]] == ["NG304", "NG201", "NG202"]


@pytest.mark.parametrize(
    ("options", "codes", "status"),
    [
        (["--select", "NG2"], ["NG201", "NG202"], 1),
        (["--select", "NG304,ng202"], ["NG304", "NG202"], 1),
        (["--select", "undefined-model"], ["NG201"], 1),
        (["--ignore", "NG201", "--ignore", "NG304"], ["NG202"], 0),
        (["--select", "NG2", "--ignore", "NG201"], ["NG202"], 0),
    ],
)
def test_select_and_ignore(options, codes, status, project, nango):
    result = nango("check", "--format", "json", *options)
    assert [each["code"] for each in json.loads(result.out)["diagnostics"]] == codes
    assert result.status == status


def test_a_code_that_does_not_exist_is_bad_usage(project, nango):
    result = nango("check", "--select", "NG999")
    assert result.status == 2
    assert "error NG801: no diagnostic has the code `NG999`" in result.err
    assert "no diagnostic has the code `foo`" in nango("check", "--ignore", "foo").err


@pytest.mark.parametrize("where", [".", "github", "github/syncs"])
def test_it_finds_the_project_from_inside(where, project, nango):
    folder = project / where
    folder.mkdir(parents=True, exist_ok=True)
    shown = "../" * len([part for part in where.split("/") if part != "."]) + "nango.yaml"
    assert nango("check", cwd=folder).out.startswith(f"{shown}:5:23: error NG304")


def test_it_finds_the_customary_folder_and_takes_a_directory(tmp_path, nango):
    folder = tmp_path / "repo" / "nango-integrations"
    folder.mkdir(parents=True)
    (folder / "nango.yaml").write_text(WRONG)
    expected = "nango-integrations/nango.yaml:5:23"
    assert nango("check", cwd=tmp_path / "repo").out.startswith(expected)
    assert nango("check", "-C", "repo").out.startswith("repo/" + expected)
    assert nango("-C", "repo", "check").out.startswith("repo/" + expected)


def test_print_config(project, nango):
    (project / "nango.yaml").write_text(RIGHT)
    result = nango("check", "--print-config")
    config = json.loads(result.out)
    assert result.status == 0
    assert list(config) == ["yamlVersion", "integrations", "models"]
    assert config["yamlVersion"] == "v2"
    assert config["models"] == [{"name": "Issue", "fields": [{"name": "id", "value": "string", "tsType": True}]}]
    [integration] = config["integrations"]
    assert integration["syncs"][0]["usedModels"] == ["Issue"]


def test_print_config_of_a_broken_file_prints_no_configuration(project, nango):
    result = nango("check", "--print-config")
    assert (result.status, result.out) == (1, "")
    assert "error NG201" in result.err


def test_colour_is_for_terminals(project, nango):
    assert "\x1b[" not in nango("check").out
    assert "\x1b[" in nango("check", tty=True).out
    assert "\x1b[" in nango("check", environ={"FORCE_COLOR": "1"}).out
    for environ in ({"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}):
        assert "\x1b[" not in nango("check", tty=True, environ=environ).out
