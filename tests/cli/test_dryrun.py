"""`nango dryrun` on a new project and on scripts that go wrong: real processes, real HTTP, real validation."""

from __future__ import annotations

import json

import pytest

CREATE = {"owner": "octo-org", "repo": "hello-world", "title": "Fix it", "head": "fix", "base": "main"}


def sync(project, text):
    (project / "github" / "syncs" / "pull_requests.py").write_text(text)


def test_a_sync(project, nango):
    models = (project / "models.py").read_text()
    (project / "models.py").unlink()
    result = nango("dryrun", "pull-requests", "demo", "--integration-id", "github", cwd=project)
    assert result.status == 0, result.err
    records = [json.loads(line) for line in result.out.splitlines()]
    assert len({record["id"] for record in records}) == 23
    assert all({"id", "number", "title", "state"} <= record.keys() for record in records)
    assert any("body" not in record for record in records), "an optional field that is null at GitHub is left out"
    requests = [line for line in result.err.splitlines() if line.startswith("  GET")]
    assert [line.split("  ")[-1] for line in requests] == ["page 1", "page 2", "page 3"]
    assert ": 3 requests (3 pages), " in result.err
    assert "\n  PullRequest: 23 added\n  a dry run: nothing was saved\n" in result.err
    assert (project / "models.py").read_text() == models


def test_an_action(project, nango):
    result = nango("dryrun", "create-pull-request", "demo", "--input", json.dumps(CREATE), cwd=project)
    assert result.status == 0, result.err
    assert json.loads(result.out)["title"] == "Fix it"
    assert "  POST  http://127.0.0.1:" in result.err


def test_json(project, nango):
    result = nango("dryrun", "pull-requests", "demo", "--format", "json", cwd=project)
    report = json.loads(result.out)
    assert (result.status, result.err, report["ok"], report["diagnostics"]) == (0, "", True, [])
    data = report["data"]
    assert {key: data[key] for key in ("integration", "kind", "script", "connection", "status", "counts")} == {
        "integration": "github",
        "kind": "sync",
        "script": "pull-requests",
        "connection": "demo",
        "status": "success",
        "counts": {"PullRequest": {"added": 23, "updated": 0, "deleted": 0, "unchanged": 0}},
    }
    assert len(data["records"]["PullRequest"]["save"]) == 23
    assert [(each["method"], each["status"], each["page"]) for each in data["requests"]] == [
        ("GET", 200, 1),
        ("GET", 200, 2),
        ("GET", 200, 3),
    ]


def test_input_from_a_file_and_metadata_from_the_command_line(project, nango):
    (project / "input.json").write_text(json.dumps(CREATE))
    assert nango("dryrun", "create-pull-request", "demo", "-i", "@input.json", cwd=project).status == 0
    metadata = json.dumps({"owner": "octo-org", "repo": "elsewhere"})
    result = nango("dryrun", "pull-requests", "demo", "-m", metadata, cwd=project)
    assert result.status == 1
    assert "GET /repos/octo-org/elsewhere/pulls answered 404" in result.err


def test_an_exception_points_at_the_line_and_the_calls_that_led_there(project, nango):
    sync(project, "def deep(page):\n    return page['nope']\n\n\ndef fetch_data(nango):\n    deep({})\n")
    result = nango("dryrun", "pull-requests", "demo", cwd=project)
    assert result.status == 1
    assert (
        "github/syncs/pull_requests.py:2:5: error NG601: the script raised KeyError: 'nope'\n"
        "  |\n"
        "2 |     return page['nope']\n"
        "  |     ^^^^^^^^^^^^^^^^^^^\n"
        "...\n"
        "6 |     deep({})\n"
        "  |     -------- called in fetch_data\n"
    ) in result.err


def test_invalid_records_are_named_with_every_problem(project, nango):
    sync(project, "def fetch_data(nango):\n    nango.batch_save([{'id': n, 'number': 'x'} for n in range(12)])\n")
    result = nango("dryrun", "pull-requests", "demo", cwd=project)
    assert (result.status, result.out) == (4, "")
    assert "error NG602: the record `0` is not a valid PullRequest\n" in result.err
    assert 'records[0].number: expected a number, got "x"\n' in result.err
    assert "records[0].title: is missing\n" in result.err
    assert result.err.count("is not a valid PullRequest") == 10
    assert "error NG602: 2 more records are not valid" in result.err


@pytest.mark.parametrize(
    ("arguments", "status", "message", "help"),
    [
        (["pull-request", "demo"], 5, "NG802: no script is named `pull-request`", "did you mean `pull-requests`?"),
        (["xyz", "demo"], 5, "NG802: no script is named `xyz`", "scripts: `pull-requests`, `create-pull-request`"),
        (["xyz", "demo", "--integration-id", "gihub"], 5, "NG802: no integration is named", "did you mean `github`?"),
        (["pull-requests", "prod"], 5, "NG701: `github` has no connection `prod`", "`demo`"),
        (["create-pull-request", "demo"], 4, "NG603: the input of `create-pull-request`", ""),
        (["create-pull-request", "demo", "-i", '{"a": '], 2, "NG801: `--input` is not JSON", "single quotes"),
        (
            ["pull-requests", "demo", "--checkpoint", "{page: 3}"],
            2,
            "NG801: `--checkpoint` is not JSON: expecting property name",
            '{"key": 1}',
        ),
        (
            ["pull-requests", "demo", "--webhook", '{"a": 1,}'],
            2,
            "NG801: `--webhook` is not JSON",
            "leave out the comma behind the last",
        ),
        (
            ["pull-requests", "demo", "-m", "[1, ]"],
            2,
            "NG801: `--metadata` is not JSON",
            "leave out the comma behind the last value",
        ),
        (
            ["pull-requests", "demo", "-m", '{"a": True}'],
            2,
            "NG801: `--metadata` is not JSON: expecting value at line 1, column 7",
            "`true`, `false` or",
        ),
        (
            ["pull-requests", "demo", "-m", '{"a" 1}'],
            2,
            "NG801: `--metadata` is not JSON: expecting ':' delimiter at line 1, column 6",
            "write it as",
        ),
        (
            ["pull-requests", "demo", "-m", '{"a": "b}'],
            2,
            "NG801: `--metadata` is not JSON: unterminated string starting at line 1,",
            "write it as",
        ),
        (["create-pull-request", "demo", "-i", "@no.json"], 3, "NG002: cannot read no.json", "check the path"),
        (["create-pull-request", "demo", "-i", "text"], 4, "NG603: the input of `create-pull-request`", "an object"),
        (["pull-requests", "demo", "-m", "[]"], 2, "NG801: `--metadata` is not a JSON object", ""),
    ],
    ids=str,
)
def test_what_cannot_run(arguments, status, message, help, project, nango):
    result = nango("dryrun", *arguments, cwd=project)
    assert (result.status, result.out) == (status, "")
    assert f"error {message}" in result.err
    assert help in result.err


def test_a_script_without_a_file_and_one_without_an_entry_point(project, nango):
    sync(project, "")
    assert "error NG402" in nango("dryrun", "pull-requests", "demo", cwd=project).err
    (project / "github" / "syncs" / "pull_requests.py").unlink()
    result = nango("dryrun", "pull-requests", "demo", cwd=project)
    assert (result.status, "error NG401" in result.err) == (5, True)
    assert "write it in github/syncs/pull_requests.py" in result.err


def test_a_broken_nango_yaml_runs_nothing(project, nango):
    text = (project / "nango.yaml").read_text()
    (project / "nango.yaml").write_text(text.replace("output: PullRequest", "output: PullRequst", 1))
    result = nango("dryrun", "pull-requests", "demo", cwd=project)
    assert (result.status, result.out) == (1, "")
    assert "error NG201: model `PullRequst` is not defined" in result.err
    assert "dry run:" not in result.err


def test_a_broken_local_yaml_is_located(project, nango):
    (project / "local.yaml").write_text("integrations:\n    github:\n        baseurl: sample:github\n")
    result = nango("dryrun", "pull-requests", "demo", cwd=project)
    assert result.status == 1
    assert "local.yaml:3:9: error NG703: unknown key `baseurl` in the integration `github`" in result.err
    assert "did you mean `base_url`?" in result.err


def test_one_name_in_two_integrations(project, nango):
    text = (project / "nango.yaml").read_text()
    other = "    gitlab: {actions: {create-pull-request: {endpoint: /pull-requests}}}\n\nmodels:"
    (project / "nango.yaml").write_text(text.replace("\nmodels:", other))
    assert "`create-pull-request` of `github`" in nango("dryrun", "create-pull-request", "demo", cwd=project).err
    result = nango("dryrun", "create-pull-request", "nobody", cwd=project)
    assert result.status == 2
    assert "error NG803: 2 integrations have a script `create-pull-request`" in result.err
    assert "choose one with `--integration-id`: `github`, `gitlab`" in result.err


def test_a_provider_that_does_not_answer_is_the_worlds_fault(project, nango):
    local = (project / "local.yaml").read_text()
    (project / "local.yaml").write_text(local.replace("sample:github", "http://127.0.0.1:1"))
    script = (project / "github" / "syncs" / "pull_requests.py").read_text()
    sync(project, script.replace("retries=10", "retries=0"))
    result = nango("dryrun", "pull-requests", "demo", cwd=project)
    assert result.status == 3
    assert "error NG702: no connection to 127.0.0.1:1" in result.err


def test_a_script_has_no_secrets_to_leak(project, nango, monkeypatch):
    monkeypatch.setenv("NANGO_SECRET_KEY", "planted")
    sync(project, "import os\n\n\ndef fetch_data(nango):\n    nango.log(str(dict(os.environ)))\n")
    result = nango("dryrun", "pull-requests", "demo", "--format", "json", cwd=project)
    assert result.status == 0
    assert "planted" not in result.out + result.err


def test_a_name_that_is_a_path_leads_nowhere(project, nango):
    (project.parent / "outside.py").write_text("def run_action(nango): print('ran')\n")
    (project / "nango.yaml").write_text("integrations: {github: {actions: {../../../outside: {endpoint: /outside}}}}\n")
    result = nango("dryrun", "../../../outside", "demo", cwd=project)
    assert (result.status, result.out) == (5, "")
    assert "error NG401" in result.err
    assert "rename it: its name is a path" in result.err
