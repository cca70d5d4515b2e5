"""What dry runs with `--state` leave for one another, and the commands that look at it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Nango, Result

YAML = """
integrations:
  acme:
    syncs:
      items:
        runs: every hour
        output: Item
        sync_type: full
        track_deletes: true
        endpoint: {method: GET, path: /items, group: Items}
models:
  Item: {id: string, name: string, tags?: "string[]"}
"""

SCRIPT = """
import json
from pathlib import Path

def fetch_data(nango):
    nango.log(nango.last_sync_date, nango.get_checkpoint())
    nango.batch_save(json.loads((Path(__file__).parent / "items.json").read_text()))
    nango.save_checkpoint({"page": 1})
"""


class Project:
    def __init__(self, root: Path, nango: Nango) -> None:
        self.root = root
        self._nango = nango
        (root / "acme" / "syncs").mkdir(parents=True)
        (root / "nango.yaml").write_text(YAML)
        (root / "local.yaml").write_text("integrations: {acme: {base_url: 'sample:github', connections: {demo: {}}}}\n")
        (root / "acme" / "syncs" / "items.py").write_text(SCRIPT)

    def __call__(self, *arguments: str) -> Result:
        return self._nango(*arguments, cwd=self.root)

    def run(self, *names: str, options: tuple[str, ...] = ("--state",)) -> dict[str, Any]:
        """A dry run in which there are items of these names."""
        items = [{"id": name[0], "name": name} for name in names]
        (self.root / "acme" / "syncs" / "items.json").write_text(json.dumps(items))
        result = self("dryrun", "items", "demo", *options, "--format", "json")
        assert result.status == 0, result.out
        data: dict[str, Any] = json.loads(result.out)["data"]
        return data

    def data(self, *arguments: str) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self(*arguments, "--format", "json").out)["data"]
        return data


@pytest.fixture
def project(tmp_path: Path, nango: Nango) -> Project:
    return Project(tmp_path, nango)


def counts(data: dict[str, Any]) -> tuple[int, ...]:
    return tuple(data["counts"]["Item"][name] for name in ("added", "updated", "unchanged", "deleted"))


def test_changes_and_deletes_from_run_to_run(project: Project) -> None:
    assert counts(project.run("ann", "bob", "cid")) == (3, 0, 0, 0)
    assert counts(project.run("ann", "bert", "dan")) == (1, 1, 1, 1)
    assert counts(project.run("ann", "bert", "cid", "dan")) == (1, 0, 3, 0)
    assert counts(project.run("ann", options=())) == (1, 0, 0, 0), "without --state nothing is known"


def test_a_limited_or_failed_run_deletes_nothing(project: Project) -> None:
    project.run("ann", "bob", "cid")
    limited = project.run("ann", "bob", "cid", options=("--state", "--limit-records", "1"))
    assert (counts(limited)[3], limited["limited"]) == (0, True)
    (project.root / "acme" / "syncs" / "items.json").write_text("nonsense")
    assert project("dryrun", "items", "demo", "--state").status == 1
    assert project.data("records", "count", "Item") == {"model": "Item", "count": 3}


def test_where_the_next_run_starts(project: Project) -> None:
    first = project.run("ann", options=("--state", "--as-of", "2026-01-31"))
    second = project.run("ann")
    fresh = project.run("ann", options=("--state", "--fresh"))
    texts = [each["logs"][0]["text"] for each in (first, second, fresh)]
    assert texts == ["null null", '"2026-01-31T00:00:00+00:00" {"page": 1}', "null null"]
    assert project("dryrun", "items", "demo", "--as-of", "2026-01-31").status == 2


def test_a_setting_of_the_project(project: Project) -> None:
    (project.root / "nango.toml").write_text("[dryrun]\nstate = true\n")
    project.run("ann", options=())
    assert project.run("ann", options=())["counts"]["Item"]["unchanged"] == 1
    assert project.run("ann", options=("--no-state",))["counts"]["Item"]["added"] == 1


def test_records(project: Project) -> None:
    project.run("ann", "bob", "cid")
    assert [
        json.loads(line)["name"] for line in project("records", "list", "Item", "--limit", "2").out.splitlines()
    ] == [
        "ann",
        "bob",
    ]
    listed = project.data("records", "list", "Item")["records"]
    assert listed[0]["_nango_metadata"]["last_action"] == "ADDED"
    assert json.loads(project("records", "get", "Item", "b").out) == {"id": "b", "name": "bob"}
    assert project("records", "get", "Item", "b", "z").status == 5
    assert project("records", "export", "Item", "--format", "csv").out == "id,name\na,ann\nb,bob\nc,cid\n"
    assert json.loads(project("records", "export", "Item", "--format", "json").out)[2]["name"] == "cid"
    assert len(project("records", "export", "Item", "--metadata").out.splitlines()) == 3
    project.run("ann")
    assert project.data("records", "count", "Item")["count"] == 1
    assert len(project.data("records", "list", "Item", "--deleted")["records"]) == 3
    missing = project("records", "count", "Itm")
    assert missing.status == 5
    assert "did you mean `Item`?" in missing.err


def test_runs(project: Project) -> None:
    project.run("ann", "bob", "cid")
    project.run("ann", "bert", "dan")
    project.run("ann", "bert", "dan")
    assert [each["id"] for each in project.data("runs", "list")["runs"]] == [3, 2, 1]
    assert "sync items of acme, demo  Item: 1 added, 1 updated, 1 deleted, 1 unchanged" in project("runs", "list").out
    shown = project("runs", "show", "2").out
    for line in ("ADDED   Item d", "UPDATED Item b", "DELETED Item c"):
        assert f"  {line}" in shown
    assert "Item a" not in shown
    found = project("runs", "diff", "1", "2")
    assert (found.status, found.out.splitlines()) == (
        1,
        ["changed Item b", '    name: "bob" -> "bert"', "missing Item c", "added   Item d"],
    )
    assert project("runs", "diff", "2", "3").out == "missing deletion of Item c\n"
    assert project("runs", "diff", "3", "2").out == "added   deletion of Item c\n"
    assert (project("runs", "diff", "2", "2").status, project("runs", "show", "9").status) == (0, 5)
    assert project("runs", "show", "9" * 30).err.startswith("error NG701: there is no run 999")


def test_two_runs_with_the_same_records_do_not_differ(project: Project) -> None:
    project.run("ann", "bob")
    project.run("ann", "bob")
    assert project("runs", "diff", "1", "2").status == 0


def test_state(project: Project) -> None:
    assert project("state", "show").status == 5
    project.run("ann", options=("--state", "--as-of", "2026-01-31"))
    text = project("state", "show").out
    assert 'items of acme, demo  last sync 2026-01-31T00:00:00+00:00  checkpoint {"page":1}\n' in text
    assert "Item of acme, demo  1 records\n" in text
    assert project("state", "reset", "items").status == 0
    assert project.data("state", "show")["tasks"] == []
    assert project.run("ann")["counts"]["Item"]["unchanged"] == 1
    assert project("state", "reset", "items", "--records").status == 0
    assert project.run("ann")["counts"]["Item"]["added"] == 1
    assert "nothing is remembered of `itms`" in project("state", "reset", "itms").err


def test_secrets_in_records_are_not_shown(project: Project) -> None:
    (project.root / "local.yaml").write_text(
        "integrations: {acme: {base_url: 'sample:github', connections: {demo: {api_key: ACME_KEY}}}}\n"
    )
    (project.root / ".env").write_text("ACME_KEY=planted-\\\\1234\n")
    (project.root / "acme" / "syncs" / "items.py").write_text(
        "def fetch_data(nango):\n    key = nango.get_token()['apiKey']\n"
        "    nango.save_checkpoint({'key': key})\n    nango.log({'key': key})\n"
        "    nango.batch_save([{'id': 'a', 'name': key}])\n    nango.batch_save([{'id': key, 'name': 5}])\n"
    )
    shown = ""
    for arguments in (
        ("dryrun", "items", "demo", "--state"),
        ("dryrun", "items", "demo", "--format", "json"),
        ("dryrun", "items", "demo", "--format", "ndjson"),
        ("records", "list", "Item"),
        ("records", "export", "Item", "--format", "csv"),
        ("runs", "show", "1"),
        ("runs", "show", "1", "--format", "json"),
        ("state", "show"),
        ("state", "show", "--format", "json"),
    ):
        result = project(*arguments)
        assert "***" in result.out + result.err, arguments
        shown += result.out + result.err
    assert "planted" not in shown


def test_secrets_are_not_kept(project: Project) -> None:
    (project.root / "local.yaml").write_text(
        "integrations: {acme: {base_url: 'sample:github', params: {key: '${apiKey}'}, "
        "connections: {demo: {api_key: ACME_KEY}}}}\n"
    )
    (project.root / ".env").write_text("ACME_KEY=planted-1234\n")
    (project.root / "acme" / "syncs" / "items.py").write_text(
        "def fetch_data(nango):\n    nango.get({'endpoint': '/repos/octo-org/hello-world/pulls'})\n"
        "    raise ValueError(nango.get_token()['apiKey'])\n"
    )
    assert project("dryrun", "items", "demo", "--state").status == 1
    kept = b"".join(file.read_bytes() for file in (project.root / ".nango").iterdir())
    assert b"planted" not in kept
    assert b"ValueError" in kept or b"***" in kept


def test_two_runs_of_one_sync_are_not_remembered_at_once(project: Project) -> None:
    import subprocess
    import sys
    import time

    (project.root / "acme" / "syncs" / "items.py").write_text(
        "import time\n\ndef fetch_data(nango):\n    nango.batch_save([{'id': 'a', 'name': 'a'}])\n    time.sleep(20)\n"
    )
    command = [sys.executable, "-m", "nango_cli", "dryrun", "items", "demo", "--state"]
    with subprocess.Popen(command, cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as other:
        assert other.stdout is not None
        other.stdout.readline()
        refused = project("dryrun", "items", "demo", "--state")
        assert refused.status == 3
        assert "another run of `items` for `demo` is remembered at the moment" in refused.err
        assert project("dryrun", "items", "demo", "--timeout", "0.5").status == 1
        other.kill()
    time.sleep(0.1)
    (project.root / "acme" / "syncs" / "items.py").write_text(SCRIPT)
    project.run("ann")
    statuses = {each["status"] for each in project.data("runs", "list")["runs"]}
    assert statuses == {"succeeded", "cancelled"}, "a run that was killed does not stay running"


def test_a_limited_run_leaves_nothing_behind(project: Project) -> None:
    script = project.root / "acme" / "syncs" / "items.py"
    script.write_text("".join(line for line in SCRIPT.splitlines(keepends=True) if "save_checkpoint" not in line))
    project.run("ann", "bob", "cid")
    project.run("ann", "bob", "cid", options=("--state", "--limit-records", "2"))
    assert counts(project.run("cid")) == (0, 0, 1, 2)


def test_what_a_limited_run_saved_before_its_checkpoint_stays(project: Project) -> None:
    project.run("ann", "bob", "cid")
    project.run("ann", "bob", "cid", options=("--state", "--limit-records", "2"))
    assert counts(project.run("dan")) == (1, 0, 0, 1), "it goes on where the limited one ended"


@pytest.mark.parametrize("limit", ["--limit-records", "--limit-pages"])
def test_a_limit_that_was_not_reached_changes_nothing(project: Project, limit: str) -> None:
    project.run("ann", "bob", "cid")
    data = project.run("ann", "bob", options=("--state", limit, "2"))
    assert (counts(data), data["limited"], data["not_emulated"]) == ((0, 0, 2, 1), False, [])


def test_deletes_before_a_limit_was_reached_count(project: Project) -> None:
    script = """
def fetch_data(nango):
    nango.track_deletes_start("Item")
    nango.batch_save([{"id": "a", "name": "ann"}], "Item")
    nango.track_deletes_end("Item")
    nango.batch_save([{"id": "b", "name": "bob"}], "Item")
"""
    project.run("ann", "cid")
    (project.root / "acme" / "syncs" / "items.py").write_text(script)
    data = project.run(options=("--state", "--limit-records", "1"))
    assert (counts(data), data["not_emulated"]) == ((0, 0, 1, 1), ["a limit was reached, so not all data was read"])


def test_what_is_said_of_a_limit_that_was_reached(project: Project) -> None:
    words = "a limit was reached, so not all data was read"
    limited = project.run("ann", "bob", options=("--state", "--limit-records", "1"))
    assert limited["not_emulated"] == [f"{words}, and no record was deleted for not being there"]
    yaml = project.root / "nango.yaml"
    yaml.write_text(YAML.replace("track_deletes: true", "track_deletes: false"))
    assert project.run("ann", "bob", options=("--state", "--limit-records", "1"))["not_emulated"] == [words]


def test_records_are_forgotten_also_after_the_state_was(project: Project) -> None:
    project.run("ann")
    assert project("state", "reset", "items").status == 0
    assert project("state", "reset", "items", "--records").status == 0
    assert project.data("records", "count", "Item")["count"] == 0


def test_variables_are_secrets(project: Project) -> None:
    assert project("env", "set", "TOKEN", "planted-variable-1").status == 0
    (project.root / "acme" / "syncs" / "items.py").write_text(
        "def fetch_data(nango):\n    value = nango.get_environment_variables()[0]['value']\n"
        "    nango.log(value)\n    raise ValueError(value)\n"
    )
    for arguments in (
        ("dryrun", "items", "demo", "--state"),
        ("runs", "show", "1"),
        ("runs", "list", "--format", "json"),
    ):
        result = project(*arguments)
        assert "planted" not in result.out + result.err
    assert all(b"planted" not in file.read_bytes() for file in (project.root / ".nango").iterdir())


def test_the_command_is_named_whatever_happens(project: Project) -> None:
    project.run("ann")
    for arguments in (("records", "count", "Item"), ("records", "count", "Itm"), ("runs", "show", "9")):
        report = json.loads(project(*arguments, "--format", "json").out)
        assert report["command"] == " ".join(arguments[:2])
