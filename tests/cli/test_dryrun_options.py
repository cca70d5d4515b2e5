"""The options of `nango dryrun` against a provider on the loopback, through `local` and through a server."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Nango, Result
from nango_server import NangoServer
from provider_server import ProviderServer

YAML = """
integrations:
  acme:
    syncs:
      items:
        runs: every hour
        output: Item
        input: Wanted
        auto_start: false
        sync_type: incremental
        endpoint: {method: GET, path: /items, group: Items}
    actions:
      echo:
        endpoint: {method: POST, path: /echo, group: Items}
        input: string
        output: Echo
      greet:
        endpoint: {method: POST, path: /greet, group: Items}
        input: Echo
        output: Echo
models:
  Wanted: {team?: string}
  Echo: {said: string}
  Item: {id: string, number: number, name: string}
"""

ITEMS = """
from models import CursorPagination, Item, NangoSync, ProxyConfiguration

def fetch_data(nango: NangoSync) -> None:
    paginate = CursorPagination(
        cursor_name_in_request="cursor", cursor_path_in_response="next_cursor", response_path="items"
    )
    for items in nango.paginate(ProxyConfiguration(endpoint="/cursor", paginate=paginate)):
        nango.batch_save([Item(id=each["id"], number=each["number"], name=each["name"]) for each in items])
"""

ECHO = "def run_action(nango, input):\n    return {'said': input}\n"


class Project:
    def __init__(self, root: Path, nango: Nango, provider: ProviderServer) -> None:
        self.root = root
        self.provider = provider
        self._nango = nango
        self.write("nango.yaml", YAML)
        self.write(
            "local.yaml",
            f"""
            integrations:
              acme:
                base_url: {provider.url}
                headers: {{Authorization: "Bearer ${{apiKey}}"}}
                connections:
                  demo: {{api_key: ACME_KEY, metadata: {{team: blue}}}}
        """,
        )
        self.write("acme/syncs/items.py", ITEMS)
        self.write("acme/actions/echo.py", ECHO)
        self.write("acme/actions/greet.py", ECHO)

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text))

    def dryrun(self, *arguments: str, **environ: str) -> Result:
        environ = {"ACME_KEY": "planted-key-3f9a", **environ}
        return self._nango("dryrun", *arguments, cwd=self.root, environ=environ)

    def data(self, *arguments: str, **environ: str) -> dict[str, object]:
        result = self.dryrun(*arguments, "--format", "json", **environ)
        return {**json.loads(result.out)["data"], "exit": result.status}


@pytest.fixture
def provider() -> Iterator[ProviderServer]:
    with ProviderServer(25) as server:
        yield server


@pytest.fixture
def project(tmp_path: Path, nango: Nango, provider: ProviderServer) -> Project:
    return Project(tmp_path, nango, provider)


@pytest.fixture
def server(provider: ProviderServer) -> Iterator[NangoServer]:
    with NangoServer(provider.url) as running:
        yield running


def test_an_api_key_from_the_environment_reaches_the_provider_only(project: Project) -> None:
    result = project.dryrun("items", "demo")
    assert result.status == 0, result.err
    assert {each.header("Authorization") for each in project.provider.requests} == {"Bearer planted-key-3f9a"}
    assert len(result.out.splitlines()) == 25
    assert "planted" not in result.out + result.err


def test_an_api_key_from_a_dotenv_file(project: Project) -> None:
    project.write(".env", "ACME_KEY=from-the-file\n")
    assert project.dryrun("items", "demo", ACME_KEY="").status == 3
    result = project._nango("dryrun", "items", "demo", cwd=project.root)
    assert (result.status, project.provider.requests[-1].header("Authorization")) == (0, "Bearer from-the-file")


def test_without_its_api_key_nothing_runs(project: Project) -> None:
    result = project._nango("dryrun", "items", "demo", cwd=project.root)
    assert (result.status, result.out, project.provider.requests) == (3, "", [])
    assert "error NG705: the API key of `demo` (acme) is not there: ACME_KEY is not set" in result.err


@pytest.mark.parametrize(
    ("input", "said"), [("hello", "hello"), ('"hello"', "hello"), ("@input.json", "from a file"), ("a b c", "a b c")]
)
def test_plain_text_as_input(project: Project, input: str, said: str) -> None:
    project.write("input.json", '"from a file"')
    assert project.data("echo", "demo", "-i", input)["output"] == {"said": said}


def test_standard_input_as_input(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.StringIO('"typed"'))
    assert project.data("echo", "demo", "--input", "-")["output"] == {"said": "typed"}


def test_limits(project: Project) -> None:
    pages = project.data("items", "demo", "--limit-pages", "2")
    assert (pages["pages"], pages["counts"]["Item"]["added"], pages["limited"]) == (2, 20, True)
    records = project.data("items", "demo", "--limit-records", "12")
    assert (records["pages"], records["counts"]["Item"]["added"], records["limited"]) == (2, 12, True)
    assert "a limit was reached" in str(records["not_emulated"])


@pytest.mark.parametrize("limit", [("--limit-pages", "3"), ("--limit-pages", "99"), ("--limit-records", "25")])
def test_limits_that_cut_nothing_off(project: Project, limit: tuple[str, str]) -> None:
    data = project.data("items", "demo", *limit)
    assert (data["pages"], data["counts"]["Item"]["added"], data["limited"]) == (3, 25, False)
    assert "limit" not in str(data["not_emulated"])


def test_a_last_sync_date_a_checkpoint_and_a_variant(project: Project) -> None:
    project.write(
        "acme/syncs/items.py",
        """
        def fetch_data(nango):
            nango.log(nango.last_sync_date.isoformat(), nango.get_checkpoint(), nango.variant)
            nango.save_checkpoint({"page": nango.get_checkpoint()["page"] + 1})
            nango.log(nango.get_checkpoint())
    """,
    )
    for date in ("2026-01-31", "1769817600000"):
        data = project.data("items", "demo", "-l", date, "-c", '{"page": 3}', "--variant", "eu")
        assert [each["text"] for each in data["logs"]] == ['2026-01-31T00:00:00+00:00 {"page": 3} eu', '{"page": 4}']


def test_ndjson_tells_everything_as_it_happens(project: Project) -> None:
    result = project.dryrun("items", "demo", "--limit-pages", "1", "--format", "ndjson")
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert [each["event"] for each in lines] == ["start", "request", *["record"] * 10, "records", "end"]
    assert (lines[0]["version"], lines[0]["connection"], lines[-1]["exit_code"]) == (1, "demo", 0)
    assert lines[-1]["data"]["counts"] == {"Item": {"added": 10, "updated": 0, "deleted": 0, "unchanged": 0}}


def test_records_that_were_saved_before(project: Project) -> None:
    project.write(
        "acme/syncs/items.py",
        """
        def fetch_data(nango):
            nango.batch_save([{"id": "1", "number": 1, "name": "a"}, {"id": "2", "number": 2, "name": "b"}])
            nango.batch_save([{"id": "1", "number": 1, "name": "a"}, {"id": "2", "number": 3, "name": "b"}])
            nango.batch_delete([{"id": "1"}])
            assert list(nango.get_records_by_ids(["2"], "Item")) == ["2"]
    """,
    )
    counts = project.data("items", "demo")["counts"]
    assert counts == {"Item": {"added": 2, "updated": 1, "deleted": 1, "unchanged": 1}}


def test_deleted_records_are_found(project: Project) -> None:
    project.write(
        "acme/syncs/items.py",
        """
        def fetch_data(nango):
            nango.batch_save([{"id": str(n), "number": n, "name": "a"} for n in range(3)])
            nango.track_deletes_start("Item")
            nango.batch_save([{"id": "1", "number": 1, "name": "a"}])
            assert sorted(nango.track_deletes_end("Item")) == ["0", "2"]
    """,
    )
    data = project.data("items", "demo")
    assert (data["exit"], data["counts"]["Item"]["deleted"]) == (0, 2)
    assert "deleted records were looked for among those of this run only" in data["not_emulated"]


def test_validate_ends_the_run_at_the_first_bad_batch(project: Project) -> None:
    project.write(
        "acme/syncs/items.py",
        """
        def fetch_data(nango):
            nango.batch_save([{"id": "1", "number": "one", "name": "a"}, {"id": "2", "number": 2, "name": "b"}])
            nango.log("went on")
    """,
    )
    lenient, strict = project.dryrun("items", "demo"), project.dryrun("items", "demo", "--validate")
    assert (lenient.status, strict.status) == (4, 4)
    assert "went on" in lenient.err
    assert len(lenient.out.splitlines()) == 1
    assert ("went on" in strict.err, strict.out) == (False, "")
    assert 'records[0].number: expected a number, got "one"' in strict.err
    assert "acme/syncs/items.py:3:5: error NG602: 1 of 2 Item records of this batch are not valid" in strict.err


def test_metadata_that_does_not_fit(project: Project) -> None:
    project.write("acme/syncs/items.py", "def fetch_data(nango):\n    nango.log(nango.get_metadata())\n")
    lenient = project.dryrun("items", "demo", "-m", '{"team": 7}')
    assert lenient.status == 0
    assert "warning NG606: the metadata of `items` is not a valid Wanted" in lenient.err
    assert "metadata.team: expected a string, got the number 7" in lenient.err
    strict = project.dryrun("items", "demo", "-m", '{"team": 7}', "--validate")
    assert strict.status == 4
    assert "error NG606" in strict.err
    assert "info:" not in strict.err


def test_a_webhook(project: Project) -> None:
    project.write(
        "acme/syncs/items.py",
        """
        def fetch_data(nango):
            raise AssertionError

        def on_webhook_payload_received(nango, payload):
            nango.batch_save([payload["item"]])
    """,
    )
    item = {"id": "1", "number": 1, "name": "a"}
    data = project.data("items", "demo", "--webhook", json.dumps({"item": item}))
    assert (data["exit"], data["records"]) == (0, {"Item": {"save": [item]}})


def test_an_action_and_a_sync_started_by_a_script(project: Project) -> None:
    project.write(
        "acme/actions/echo.py",
        """
        def run_action(nango, input):
            nango.trigger_sync("acme", "demo", "items")
            return nango.trigger_action("acme", "demo", "greet", {"said": input})
    """,
    )
    project.write("acme/actions/greet.py", "def run_action(nango, input):\n    return {'said': input['said'] + '!'}\n")
    data = project.data("echo", "demo", "-i", "hi")
    assert (data["exit"], data["output"], data["counts"]["Item"]["added"]) == (0, {"said": "hi!"}, 25)
    project.write("acme/actions/greet.py", "def run_action(nango, input):\n    raise ValueError('no')\n")
    failed = project.dryrun("echo", "demo", "-i", "hi")
    assert failed.status == 1
    assert "the action `greet` of `acme` failed: no" in failed.err
    project.write(
        "acme/actions/greet.py",
        """
        def run_action(nango, input):
            return nango.trigger_action("acme", "demo", "greet", input)
    """,
    )
    assert "do they start each other in a circle?" in project.dryrun("greet", "demo", "-i", '{"said": "x"}').err


def test_what_a_read_only_run_refuses(project: Project) -> None:
    for call in ("nango.post({'endpoint': '/echo'})", "nango.set_metadata({'a': 1})"):
        project.write("acme/actions/echo.py", f"def run_action(nango, input):\n    {call}\n    return {{'said': ''}}\n")
        before = len(project.provider.requests)
        refused = project.dryrun("echo", "demo", "-i", "x", "--read-only")
        assert refused.status == 1
        assert "error NG608: a read-only run may not" in refused.err
        assert len(project.provider.requests) == before
        allowed = project.dryrun("echo", "demo", "-i", "x")
        assert allowed.status == 0
        assert "for real: about to" in allowed.err


def test_diagnostics_and_http_in_full(project: Project) -> None:
    result = project.dryrun("items", "demo", "--limit-pages", "1", "--diagnostics", "--debug-http")
    assert "    > GET /cursor\n" in result.err
    assert "    < 200 " in result.err
    assert '"name": "Item 1"' in result.err
    assert "  spent: http " in result.err
    assert "nango's own memory" in result.err


SECRETS = """
def fetch_data(nango):
    response = nango.get({"endpoint": "/secrets", "params": {"api_key": "planted-query-11aa"}})
    print(nango.get_token())
    nango.log(response.data, response.headers)
    nango.log(nango.get_token(), "Authorization: Bearer " + str(nango.get_token()))
    nango.batch_save([{"id": "1", "number": 1, "name": response.data["access_token"]}])
    login = {"password": "planted-password-9d9d"}
    nango.post({"endpoint": "/status/401", "data": login, "params": "sig=planted-sig-1"})
"""


@pytest.mark.parametrize("format", ["text", "json", "ndjson"])
@pytest.mark.parametrize("where", ["local", "dev"])
def test_planted_secrets_are_never_shown(
    project: Project, server: NangoServer, format: str, where: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """The connection's key, and secrets in a query, a header, a cookie, a body, in both directions."""
    project.write("acme/syncs/items.py", SECRETS)
    environ = {"NANGO_HOSTPORT": server.url, "NANGO_SECRET_KEY_DEV": server.key}
    result = project.dryrun("items", "demo", "-e", where, "--format", format, "--debug-http", **environ)
    assert result.status == 1
    printed = capfd.readouterr()
    everything = result.out + result.err + printed.out + printed.err
    assert "answered 401" in everything
    assert "***" in everything
    assert "planted" not in everything.replace("planted-client-secret", "")
    assert server.key not in everything


def test_a_server(project: Project, server: NangoServer) -> None:
    environ = {"NANGO_HOSTPORT": server.url, "NANGO_SECRET_KEY_DEV": server.key}
    result = project.dryrun("items", "demo", "-e", "dev", **environ)
    assert result.status == 0, result.err
    assert len(result.out.splitlines()) == 25
    asked = [(each.method, each.path) for each in server.requests]
    assert asked[:2] == [("GET", "/connection/demo"), ("GET", "/integrations/acme")]
    assert asked[2:] == [("GET", "/proxy/cursor")] * 3
    assert not [each for each in server.requests if each.path.startswith("/records")], "nothing is written"


def test_resuming_where_a_server_is(project: Project, server: NangoServer) -> None:
    project.write(
        "acme/syncs/items.py", "def fetch_data(nango):\n    nango.log(nango.last_sync_date, nango.get_checkpoint())\n"
    )
    environ = {"NANGO_HOSTPORT": server.url, "NANGO_SECRET_KEY_DEV": server.key}
    server.syncs = [{**each, "name": "items"} for each in server.syncs]
    resumed = project.data("items", "demo", "-e", "dev", "--resume", "--variant", "eu", **environ)
    fresh = project.data("items", "demo", "-e", "dev", "--variant", "eu", **environ)
    assert '{"page": 7}' in resumed["logs"][0]["text"]
    assert resumed["logs"][0]["text"][:4] == "2026" or "T" in resumed["logs"][0]["text"]
    assert fresh["logs"][0]["text"] == "null null"


def test_an_action_that_a_server_runs(project: Project, server: NangoServer) -> None:
    project.write(
        "acme/actions/echo.py",
        """
        def run_action(nango, input):
            return {"said": nango.trigger_action("acme", "demo", "echo", input)["given"]}
    """,
    )
    environ = {"NANGO_HOSTPORT": server.url, "NANGO_SECRET_KEY_DEV": server.key}
    result = project.dryrun("echo", "demo", "-e", "dev", "-i", "hi", **environ)
    assert (result.status, json.loads(result.out)) == (0, {"said": "hi"})
    assert "for real: about to run the action `echo` of `acme` on the server" in result.err
    assert project.dryrun("echo", "demo", "-e", "dev", "-i", "hi", "--read-only", **environ).status == 1


def test_the_connection_decides_between_integrations(project: Project) -> None:
    text = (project.root / "nango.yaml").read_text()
    other = "\n  other:\n    actions:\n      echo: {endpoint: /echo}\nmodels:"
    (project.root / "nango.yaml").write_text(text.replace("\nmodels:", other))
    assert project.data("echo", "demo", "-i", "x")["integration"] == "acme"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["items", "demo", "-l", "soon"], "`soon` is not a date"),
        (["items", "demo", "-c", '{"a": {}}'], "`--checkpoint`: `a` in the checkpoint is neither text nor a number"),
        (["items", "demo", "-c", "[]"], "`--checkpoint` is not a JSON object"),
        (["items", "demo", "-i", "x"], "`items` takes no input: it is no action"),
        (["echo", "demo", "-c", "{}"], "`--checkpoint` is for syncs, and `echo` is none"),
        (["echo", "demo", "--webhook", "{}"], "`echo` takes no webhooks"),
        (["items", "demo", "-m", "-", "-c", "-"], "standard input can be read once only"),
        (["items"], "missing the argument CONNECTION"),
        ([], "missing the argument SCRIPT"),
        (["items", "demo", "--limit-pages", "0"], "limit-pages"),
        (["items", "demo", "-e", "dev"], "the environment `dev` needs a secret key"),
    ],
    ids=str,
)
def test_bad_usage(project: Project, arguments: list[str], message: str) -> None:
    result = project.dryrun(*arguments)
    assert (result.status, result.out) == (2, "")
    assert message in result.err
    assert project.provider.requests == []


def test_an_integration_without_a_connection(project: Project) -> None:
    project.write("local.yaml", "integrations: {acme: {base_url: 'sample:github', connections: {}}}\n")
    local = project.dryrun("items")
    assert (local.status, local.out) == (2, "")
    assert "declare one in local.yaml, or create one: `nango connection create acme CONNECTION`\n" in local.err


def test_settings_of_the_project(project: Project) -> None:
    project.write("nango.toml", "[dryrun]\ntimeout = 0.5\nsandbox = false\n")
    project.write("acme/syncs/items.py", "import time\n\ndef fetch_data(nango):\n    time.sleep(20)\n")
    result = project.dryrun("items", "demo")
    assert result.status == 1
    assert "error NG605: the script took longer than its time limit" in result.err
    project.write("nango.toml", "[dryrun]\nsandbox = 1\ntimeot = 3\nmemory = -1\n")
    checked = project._nango("check", cwd=project.root)
    for message in ("`sandbox` must be true or false", "unknown key `timeot`", "`memory` must be a number"):
        assert message in checked.out


def test_an_input_that_windows_wrote(project: Project) -> None:
    (project.root / "input.json").write_bytes(b'\xef\xbb\xbf"hi"')
    assert project.data("echo", "demo", "-i", "@input.json")["output"] == {"said": "hi"}


def test_an_input_that_is_missing_says_how_to_give_it(project: Project) -> None:
    result = project.dryrun("echo", "demo")
    assert result.status == 4
    assert "give it one: `--input '{...}'`" in result.err


def test_an_output_that_does_not_fit_is_shown_all_the_same(project: Project) -> None:
    project.write("acme/actions/echo.py", "def run_action(nango, input):\n    return {'said': 7}\n")
    result = project.dryrun("echo", "demo", "-i", "x")
    assert (result.status, json.loads(result.out)) == (4, {"said": 7})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["echo", "demo", "--variant", "eu"], "`--variant` is for syncs"),
        (["items", "demo", "--variant", ""], "`--variant` is empty"),
        (["items", "demo", "--timeout", "nan"], "`--timeout` cannot be nan"),
        (["items", "demo", "-e", ""], "the environment's name is empty"),
        (["items", "demo", "--webhook", "text"], "`--webhook` is not JSON"),
    ],
    ids=str,
)
def test_values_that_make_no_sense(project: Project, arguments: list[str], message: str) -> None:
    result = project.dryrun(*arguments)
    assert (result.status, result.out) == (2, "")
    assert message in result.err


def test_metadata_that_does_not_fit_is_told_once(project: Project) -> None:
    project.write(
        "acme/syncs/items.py", "from models import Wanted\n\ndef fetch_data(nango, metadata: Wanted):\n    pass\n"
    )
    result = project.dryrun("items", "demo", "-m", '{"team": 7}')
    assert (result.status, result.err.count("NG606: ")) == (4, 1)
    assert "metadata.team: expected a string" in result.err
