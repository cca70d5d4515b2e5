"""`nango integration`, `connection`, `env` and `provider`: against `local`, and against a server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.administered import World, project, seen, terminal
from conftest import Nango
from nango_server import NangoServer, connection
from provider_server import Answer, ProviderServer


@pytest.fixture(scope="module")
def provider() -> Iterator[ProviderServer]:
    with ProviderServer() as provider:
        yield provider


@pytest.fixture
def root(tmp_path: Path, provider: ProviderServer) -> Path:
    return project(tmp_path / "project", provider)


@pytest.fixture
def local(nango: Nango, root: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(nango, root, monkeypatch, None)


@pytest.fixture
def remote(nango: Nango, root: Path, monkeypatch: pytest.MonkeyPatch, provider: ProviderServer) -> Iterator[World]:
    with NangoServer(provider.url) as server:
        yield World(nango, root, monkeypatch, server)


@pytest.fixture(params=["local", "remote"])
def world(request: pytest.FixtureRequest) -> World:
    """With the integration `acme` and its connection `one`."""
    found: World = request.getfixturevalue(request.param)
    if found.server is None:
        found.json("integration", "create", "acme", "--allow-private")
    found.json("connection", "create", "acme", "one", "--api-key", "env:SECRET")
    return found


# integration


def test_integrations_are_listed(world):
    listed = {each["unique_key"]: each for each in world.json("integration", "list")["integrations"]}
    assert set(listed) == {"github", "acme"}
    assert listed["github"]["declared_in"] == (None if world.server else "local.yaml")
    lines = world("integration", "list").out.splitlines()
    assert lines[0].split() == ["INTEGRATION", "PROVIDER", "DISPLAY", "NAME"]
    assert len(lines) == 3
    assert ("declared in local.yaml" in lines[2]) is (world.server is None)


def test_an_integration_is_created_shown_changed_and_deleted(world):
    given = ["--client-id", "id-1", "--client-secret", "env:SECRET", "--scopes", "repo, user"]
    made = world.json("integration", "create", "gh", "--provider", "github", "--display-name", "GH", *given)
    assert (made["integration"]["provider"], made["integration"]["display_name"]) == ("github", "GH")
    shown = world.json("integration", "get", "gh")["integration"]
    wanted = {"type": "OAUTH2", "client_id": "id-1", "client_secret": "***", "scopes": "repo,user"}
    assert shown["credentials"] == wanted
    world.json("integration", "update", "gh", "--scopes", "admin", "--display-name", "Other")
    shown = world.json("integration", "get", "gh", "--show-secrets")["integration"]
    assert shown["credentials"] == {**wanted, "client_secret": "planted-secret", "scopes": "admin"}
    assert shown["display_name"] == "Other"
    text = world("integration", "get", "gh")
    assert "client_secret" in text.out
    assert "planted" not in text.out
    assert "planted-secret" in world("integration", "get", "gh", "--show-secrets").out
    assert world("integration", "delete", "gh", "--yes").err == "deleted the integration `gh`\n"
    assert world.code("integration", "get", "gh") == (5, "NG701")


def test_the_provider_is_the_integrations_name_unless_it_is_given(local):
    assert local.json("integration", "create", "linear")["integration"]["provider"] == "linear"
    assert local.code("integration", "create", "linears") == (5, "NG709")
    assert local.code("integration", "create", "x", "--provider", "linears") == (5, "NG709")


def test_creating_an_integration_says_nothing_into_a_pipe(local):
    assert seen(local("integration", "create", "linear")) == (0, "", "")
    said = local("integration", "update", "linear", "--display-name", "L", tty=True)
    assert seen(said) == (0, "", "changed the integration `linear`\n")


def test_an_integration_cannot_be_created_twice(world):
    assert world.code("integration", "create", "acme") == (3, "NG704")


def test_a_base_url_of_ones_own(local, remote):
    local.json("integration", "create", "acme", "--base-url", "http://127.0.0.1:1", "--allow-private")
    shown = local.json("integration", "get", "acme")["integration"]
    assert (shown["base_url"], shown["allow_private"]) == ("http://127.0.0.1:1", True)
    local.json("integration", "update", "acme", "--base-url", "sample:github")
    local.json("integration", "update", "acme", "--base-url", "", "--no-private")
    shown = local.json("integration", "get", "acme")["integration"]
    assert (shown["base_url"], shown["allow_private"]) == (None, False)
    for wrong in ("127.0.0.1", "ftp://x", "https://user:planted@x.com", "https://[::"):
        assert local.code("integration", "update", "acme", "--base-url", wrong) == (2, "NG801")
    assert remote.code("integration", "update", "acme", "--base-url", "https://x.com") == (3, "NG704")


def test_an_application_has_to_be_one_that_the_provider_takes(local):
    assert local.code("integration", "create", "acme", "--client-id", "x") == (2, "NG801")
    assert local.code("integration", "create", "forge", "--client-secret", "x") == (2, "NG801")
    assert local.code("integration", "create", "forge", "--credential", "no-value") == (2, "NG801")
    assert local.json("integration", "create", "forge", "--credential", "client_id=x")["integration"]["credentials"]


def test_what_is_missing_of_an_application_is_asked_for_at_a_terminal(local, monkeypatch):
    asked = terminal(monkeypatch, ["id-1", "planted-secret"])
    assert local("integration", "create", "forge", tty=True).status == 0
    assert asked == [("client id (none: press Enter)", False), ("client secret (none: press Enter)", True)]
    monkeypatch.undo()
    shown = local.json("integration", "get", "forge")["integration"]
    assert shown["credentials"] == {"type": "OAUTH2", "client_id": "id-1", "client_secret": "***"}


def test_integrations_that_are_not_there(world):
    for words in (["get", "nope"], ["update", "nope", "--display-name", "x"], ["delete", "nope", "--yes"]):
        assert world.code("integration", *words) == (5, "NG701")
    for words in (["get"], ["create"], ["update"], ["delete"], ["get", "a", "b"], ["list", "a"], ["list", "--x"], []):
        assert world.code("integration", *words) == (2, "NG801")


def test_what_is_declared_cannot_be_changed(local):
    for words in (
        ["integration", "create", "github"],
        ["integration", "update", "github", "--display-name", "x"],
        ["integration", "delete", "github", "--yes"],
        ["connection", "delete", "demo", "--yes"],
        ["connection", "create", "github", "demo", "--access-token", "x"],
        ["connection", "metadata", "set", "demo", "{}"],
    ):
        assert local.code(*words) == (3, "NG704")


# deleting


def test_deleting_an_integration_says_what_goes_with_it_and_needs_consent(world):
    if world.server:
        world.server.syncs = world.server.syncs[:1]
        ids = {each["connection_id"] for each in world.server.connections if each["provider_config_key"] == "acme"}
        company = f", with {len(ids)} connections and {25 * len(ids)} records"
    else:
        company = ", with 1 connection"
    refused = world("integration", "delete", "acme")
    assert refused.status == 2
    assert f"nothing was deleted: the integration `acme` would go{company}" in refused.err
    assert world.code("integration", "delete", "acme") == (2, "NG801")
    assert world.json("integration", "get", "acme")
    deleted = world.json("integration", "delete", "acme", "--yes")
    assert deleted["connections"] == (2 if world.server else 1)
    assert world.json("connection", "list", "--integration", "acme")["connections"] == []


def test_records_that_go_with_a_connection_are_counted(local):
    from nango_cli.cli.project_store import open_store
    from nango_cli.environments.destination import Destination, Task

    local.json("integration", "create", "acme")
    local.json("connection", "create", "acme", "one", "--api-key", "x", "--no-verify")
    with open_store(local.root, "local") as store:
        store.records.save(Destination(Task("acme", "one", "items"), "Item"), [{"id": "1"}, {"id": "2"}])
    assert "the connection `one` of `acme` would go, with 2 records" in local("connection", "delete", "one").err
    assert ", with 1 connection and 2 records" in local("integration", "delete", "acme").err
    assert local.json("connection", "delete", "one", "--yes")["records"] == 2
    assert local("integration", "delete", "acme", "--yes").err == "deleted the integration `acme`\n"


def test_a_server_that_does_not_count_records_says_so_by_saying_all(remote):
    assert remote.server
    remote.server.faults["/sync/status"] = Answer(500, {"error": {"code": "server_error"}})
    assert ", with 1 connection and all of their records" in remote("integration", "delete", "acme").err
    assert ", with all of its records" in remote("connection", "delete", "other").err


@pytest.mark.parametrize(("answer", "status"), [(True, 0), (False, 1)])
def test_somebody_at_a_terminal_is_asked(world, monkeypatch, answer, status):
    asked = []
    monkeypatch.setattr("nango_cli.cli.removal.can_ask", lambda session: True)
    monkeypatch.setattr("typer.confirm", lambda question, **_: asked.append(question) or answer)
    result = world("connection", "delete", "one")
    assert result.status == status
    assert asked[0].startswith("Delete the connection `one` of `acme`")
    assert ("nothing was deleted" in result.err) is not answer
    assert len(world.json("connection", "list", "--integration", "acme")["connections"]) == (
        (0 if answer else 1) + (1 if world.server else 0)
    )


# connection


def test_connections_are_listed(world):
    listed = world.json("connection", "list", "--integration", "acme")["connections"]
    one = next(each for each in listed if each["connection_id"] == "one")
    assert (one["integration"], one["provider"], one["errors"]) == ("acme", "acme", [])
    assert one["created_at"]
    assert "credentials" not in one
    text = world("connection", "list").out.splitlines()
    assert text[0].split() == ["CONNECTION", "INTEGRATION", "PROVIDER", "CREATED"]
    assert any(line.startswith("one ") for line in text)
    assert world("connection", "list", "--integration", "nope").out == ""


def test_a_connection_is_made_with_all_it_may_have(world, tmp_path):
    (tmp_path / "key").write_text("planted-in-file\n")
    more = ["--config", "subdomain=x", "--tag", "team=a", "--metadata", '{"a": {"b": 1}}', "--no-verify"]
    made = world.json("connection", "create", "acme", "two", "--api-key", f"@{tmp_path}/key", *more)["connection"]
    assert (made["connection_config"], made["tags"]) == ({"subdomain": "x"}, {"team": "a"})
    assert made["metadata"] == {"a": {"b": 1}}
    shown = world.json("connection", "get", "two", "--show-secrets")["connection"]
    assert shown["credentials"] == {"type": "API_KEY", "apiKey": "planted-in-file"}
    assert world.json("connection", "get", "two")["connection"]["credentials"] == {"type": "API_KEY", "apiKey": "***"}
    assert "planted" not in world("connection", "get", "two").out
    assert "planted-in-file" in world("connection", "get", "two", "--show-secrets").out


def test_a_connection_without_an_id_gets_one(world):
    made = world("connection", "create", "acme", "--api-key", "-", stdin="planted-by-pipe\n")
    id = made.out.strip()
    assert (made.status, len(id), made.err) == (0, 36, "")
    shown = world.json("connection", "get", id, "--show-secrets")["connection"]
    assert shown["credentials"]["apiKey"] == "planted-by-pipe"


def test_connections_that_cannot_be_made(world):
    assert world.code("connection", "create", "acme", "one", "--api-key", "x") == (3, "NG704")
    assert world.code("connection", "create", "nope", "x", "--api-key", "x") == (5, "NG701")
    assert world.code("connection", "create") == (2, "NG801")
    assert world.code("connection", "create", "acme", "x", "--tag", "=") == (2, "NG801")
    assert world.code("connection", "create", "acme", "x", "--api-key", "env:UNSET") == (2, "NG801")
    assert world.code("connection", "create", "acme", "x", "--api-key", "env:not a name") == (2, "NG801")
    assert world.code("connection", "create", "acme", "x", "--api-key", "") == (2, "NG801")
    assert world.code("connection", "create", "acme", "x", "--api-key", "-") == (2, "NG801")
    assert world.code("connection", "create", "acme", "x", "--api-key", "@nowhere") == (3, "NG002")
    assert world.code("connection", "create", "acme", "x", "--api-key", "k", "--metadata", "[]") == (2, "NG801")
    twice = ["--api-key", "-", "--metadata", "-"]
    assert world.code("connection", "create", "acme", "x", *twice, stdin="{}") == (2, "NG801")


def test_values_are_read_as_they_stand(local, tmp_path, monkeypatch):
    local.json("integration", "create", "acme")
    (tmp_path / "key.txt").write_text("planted = key\n")
    (tmp_path / "key.pem").write_text("-----BEGIN-----\nplanted\n-----END-----\n")
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    (local.root / ".env").write_text("FROM_DOTENV=planted-dotenv\n")
    wanted = {"a": (f"@{tmp_path}/key.txt", "planted = key"), "b": ("k=@x", "k=@x")}
    wanted["c"] = ("env:FROM_DOTENV", "planted-dotenv")
    for id, (given, value) in wanted.items():
        local.json("connection", "create", "acme", id, "--credential", f"apiKey={given}", "--no-verify")
        shown = local.json("connection", "get", id, "--show-secrets")["connection"]
        assert shown["credentials"]["apiKey"] == value
    assert local.code("connection", "create", "acme", "x", "--api-key", f"@{tmp_path}/key.pem") == (2, "NG801")
    assert local.code("connection", "create", "acme", "x", "--api-key", f"@{tmp_path}/binary") == (3, "NG002")
    assert local.code("connection", "create", "acme", "x", "--api-key", "@\0") == (3, "NG002")


def test_credentials_have_to_be_what_the_provider_takes(local):
    for name in ("acme", "desk", "forge", "machine"):
        local.json("integration", "create", name, *(["--client-id", "x"] if name == "forge" else []))
    assert local.code("connection", "create", "acme") == (2, "NG801")
    assert local.code("connection", "create", "acme", "--username", "x") == (2, "NG801")
    assert local.code("connection", "create", "desk", "--username", "x") == (2, "NG801"), "no subdomain"
    assert local.code("connection", "create", "forge") == (2, "NG801")
    local.json("connection", "create", "desk", "d", "--username", "u", "--password", "p", "--config", "subdomain=x")
    tokens = ["--access-token", "env:SECRET", "--refresh-token", "r", "--credential", "expires_at=2030-01-01T00:00:00Z"]
    local.json("connection", "create", "forge", "f", *tokens)
    machine = ["--client-id", "c", "--client-secret", "env:SECRET", "--no-verify"]
    local.json("connection", "create", "machine", "m", *machine)
    got = {id: local.json("connection", "get", id, "--show-secrets")["connection"]["credentials"] for id in "dfm"}
    assert got == {
        "d": {"type": "BASIC", "username": "u", "password": "p"},
        "f": {
            "type": "OAUTH2",
            "access_token": "planted-secret",
            "refresh_token": "r",
            "expires_at": "2030-01-01T00:00:00Z",
        },
        "m": {"type": "OAUTH2_CC", "client_id": "c", "client_secret": "planted-secret"},
    }


def test_what_is_missing_of_credentials_is_asked_for_at_a_terminal(local, monkeypatch):
    local.json("integration", "create", "desk")
    local.json("integration", "create", "acme")
    asked = terminal(monkeypatch, ["u", "x"])
    made = local("connection", "create", "desk", "d", "--password", "env:SECRET", tty=True)
    assert (made.status, made.out) == (0, "d\n")
    assert [hidden for _, hidden in asked] == [True, False]
    asked = terminal(monkeypatch, [""])
    made = local("connection", "create", "desk", "e", "--username", "env:SECRET", "--config", "subdomain=x", tty=True)
    assert (made.status, asked) == (0, [("password (none: press Enter)", True)])
    asked = terminal(monkeypatch, [""])
    assert local("connection", "create", "acme", "f", tty=True).status == 2, "a required one cannot be left out"


def test_credentials_are_tried_out_first(local, provider):
    for name in ("acme", "strict"):
        local.json("integration", "create", name, "--allow-private")
    before = len(provider.requests)
    local.json("connection", "create", "acme", "x", "--api-key", "env:SECRET")
    assert [each.header("x-api-key") for each in provider.requests[before:]] == ["planted-secret"]
    assert local.code("connection", "create", "strict", "x", "--api-key", "env:SECRET") == (3, "NG705")
    assert local.json("connection", "list", "--integration", "strict")["connections"] == []
    local.json("connection", "create", "strict", "x", "--api-key", "env:SECRET", "--no-verify")


def test_which_connection_is_meant(remote):
    assert remote.code("connection", "get", "demo") == (2, "NG801")
    found = remote.json("connection", "get", "demo", "--integration", "acme")["connection"]
    assert found["connection_config"] == {"subdomain": "acme"}
    assert remote.code("connection", "get", "other", "--integration", "acme") == (5, "NG701")
    assert "did you mean `other`?" in remote("connection", "get", "othre").err


def test_connections_that_are_not_there(world):
    for words in (
        ["get", "nope"],
        ["delete", "nope", "--yes"],
        ["refresh", "nope"],
        ["metadata", "get", "nope"],
        ["metadata", "set", "nope", "{}"],
        ["metadata", "update", "nope", "{}"],
    ):
        assert world.code("connection", *words) == (5, "NG701")
        assert world.code("connection", *words, "--integration", "acme") == (5, "NG701")
    for words in (["get"], ["delete"], ["refresh"], ["connect"], ["metadata"], ["metadata", "set", "one"], ["x"], []):
        assert world.code("connection", *words) == (2, "NG801")


def test_a_connection_is_deleted(world):
    assert world.code("connection", "delete", "one") == (2, "NG801")
    result = world("connection", "delete", "one", "-y")
    assert result.status == 0
    assert result.err.startswith("deleted the connection `one` of `acme`")
    assert world.code("connection", "get", "one") == (5, "NG701")


def test_a_refresh_shows_the_credentials_that_are_good_now(world):
    shown = world.json("connection", "refresh", "one")["connection"]
    assert shown["credentials"] == {"type": "API_KEY", "apiKey": "***"}
    shown = world.json("connection", "refresh", "one", "--show-secrets")["connection"]
    assert shown["credentials"]["apiKey"] == "planted-secret"
    if world.server:
        assert any(each.parameter("force_refresh") == "true" for each in world.server.requests)


def test_a_server_connects_through_its_own_pages(remote):
    assert remote.code("connection", "connect", "github") == (3, "NG704")
    assert "dashboard" in remote("connection", "connect", "github", "x").err


def test_metadata_is_read_replaced_and_updated(world, tmp_path):
    (tmp_path / "m.json").write_text('{"c": 3}')
    assert world("connection", "metadata", "set", "one", '{"a": 1}').out == ""
    assert world.json("connection", "metadata", "update", "one", "-", stdin='{"b": 2}')["metadata"] == {"a": 1, "b": 2}
    assert json.loads(world("connection", "metadata", "get", "one").out) == {"a": 1, "b": 2}
    assert world.json("connection", "metadata", "set", "one", f"@{tmp_path}/m.json")["metadata"] == {"c": 3}
    assert world.json("connection", "metadata", "get", "one", "--integration", "acme")["metadata"] == {"c": 3}
    for wrong in ("[1]", "text", "{", ""):
        assert world.code("connection", "metadata", "set", "one", wrong) == (2, "NG801")


# env


def test_variables_are_set_listed_and_removed(local):
    local.environ["NANGO_VARIABLE_OUTER"] = "planted-outer"
    local.json("env", "set", "A", "env:SECRET")
    assert local("env", "set", "B", "-", stdin="b\r\n").status == 0
    hidden = local.json("env", "list")["variables"]
    assert [(each["name"], each["value"]) for each in hidden] == [("A", "***"), ("B", "***"), ("OUTER", "***")]
    shown = local.json("env", "list", "--show-secrets")["variables"]
    assert [each["value"] for each in shown] == ["planted-secret", "b", "planted-outer"]
    assert local("env", "list").out.splitlines()[-1].split() == ["OUTER", "***", "from", "NANGO_VARIABLE_OUTER"]
    assert local.json("env", "unset", "A") == {"name": "A"}
    assert local.code("env", "unset", "A") == (5, "NG701")
    assert local.code("env", "set", "OUTER", "x") == (3, "NG704")
    assert local.code("env", "set", "a-b", "x") == (2, "NG801")
    assert local.code("env", "set", "A") == (2, "NG801")
    assert local.code("env", "set", "A", "two", "values") == (2, "NG801")
    assert local.code("env", "set") == (2, "NG801")
    assert local.code("env", "unset") == (2, "NG801")


def test_a_value_that_is_left_out_is_asked_for_at_a_terminal(local, monkeypatch):
    asked = terminal(monkeypatch, ["planted-typed"])
    assert seen(local("env", "set", "A", tty=True)) == (0, "", "set A\n")
    assert asked == [("value", True)]
    monkeypatch.undo()
    assert local.json("env", "list", "--show-secrets")["variables"][0]["value"] == "planted-typed"


def test_variables_of_a_server_can_be_read_only(remote):
    assert remote.json("env", "list")["variables"] == [{"name": "REGION", "value": "***", "declared_in": None}]
    assert remote("env", "list", "--show-secrets").out.splitlines()[1].split() == ["REGION", "eu"]
    assert remote.code("env", "set", "A", "env:SECRET") == (3, "NG704")
    assert remote.code("env", "unset", "REGION") == (3, "NG704")


# provider


def test_providers_are_listed_and_shown(world):
    listed = world.json("provider", "list", "acm")["providers"]
    assert [each["auth_mode"] for each in listed if each["name"] == "acme"] == ["API_KEY"]
    assert world("provider", "list", "nothing-like-this").out == ""
    assert world.json("provider", "show", "acme")["provider"]["display_name"] == "Acme"
    assert "API_KEY" in world("provider", "show", "acme").out
    assert world.code("provider", "show", "acmee") == (5, "NG709")
    assert world.code("provider", "show") == (2, "NG801")
    assert world.code("provider", "list", "a", "b") == (2, "NG801")


# where


def test_the_project_says_which_environment_unless_the_command_line_does(remote, nango):
    (remote.root / "nango.toml").write_text('[dryrun]\nenvironment = "dev"\n')

    def names(*words):
        listed = nango("integration", "list", "--format", "json", *words, cwd=remote.root, environ=remote.environ)
        return {each["unique_key"] for each in json.loads(listed.out)["data"]["integrations"]}

    assert names() == {"github", "acme"}
    assert names("-e", "local") == {"github"}
    (remote.root / "nango.toml").write_text("[dryrun]\nenvironmen = 1\n")
    wrong = nango("integration", "list", cwd=remote.root, environ=remote.environ)
    assert (wrong.status, "NG011" in wrong.err) == (3, True)


def test_a_server_needs_no_project_and_local_does(remote, nango, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    words = ("connection", "list", "--format", "json")
    found = nango(*words, "-e", "dev", cwd=empty, environ=remote.environ)
    assert len(json.loads(found.out)["data"]["connections"]) == 3
    assert nango(*words, cwd=empty, environ=remote.environ).status == 3
    assert nango(*words, "-C", str(remote.root), cwd=empty, environ=remote.environ).status == 0
    assert nango(*words, "-e", "prod", cwd=empty, environ={}).status == 2


def test_looking_leaves_nothing_behind(local):
    for words in (["integration", "list"], ["connection", "list"], ["env", "list"], ["connection", "get", "demo"]):
        assert local(*words).status == 0
    assert sorted(each.name for each in local.root.iterdir()) == ["local.yaml", "nango.yaml", "providers.yaml"]


def test_a_declaration_that_is_wrong_is_reported_and_nothing_done(local):
    (local.root / "local.yaml").write_text("integrations: 1\n")
    assert local.code("env", "set", "A", "x") == (3, "NG703")
    assert not (local.root / ".nango").exists() or not local("env", "list").out


def test_a_declared_key_is_shown_when_asked_for_and_missed_when_not_there(local):
    shown = local.json("connection", "get", "keyed", "--show-secrets")["connection"]
    assert shown["credentials"] == {"type": "API_KEY", "apiKey": "planted-declared"}
    assert shown["declared_in"] == "local.yaml"
    del local.environ["DECLARED_KEY"]
    assert local.code("connection", "get", "keyed") == (3, "NG705")


# discovery


@pytest.fixture
def salesforce(remote: World) -> World:
    assert remote.server
    created = "2025-02-18T08:41:24.156+00:00"
    errors: list[list[dict[str, str]]] = [[{"type": "sync"}], [{"type": "auth"}], []]
    remote.server.connections = [
        connection(id, "salesforce", "salesforce", errors=each, created_at=created)
        for id, each in zip(("3374a138", "expired", "fine"), errors, strict=True)
    ]
    return remote


def test_valid_connections_are_printed_as_nangos_guide_does(salesforce, nango):
    environ = {**salesforce.environ, "NANGO_SECRET_KEY": "not-this-one"}
    words = ("connection", "list", "--integration", "salesforce", "--valid")
    result = nango(*words, cwd=salesforce.root, environ=environ)
    assert (result.status, result.err) == (0, "Using secret key: NANGO_SECRET_KEY_DEV\n")
    assert result.out == (
        "Found 2 valid connection(s) for integration salesforce:\n"
        "- Connection ID: 3374a138\n"
        "  Provider: salesforce\n"
        "  Created: 2025-02-18T08:41:24.156+00:00\n"
        "  Non-auth Errors: 1\n"
        "---\n"
        "- Connection ID: fine\n"
        "  Provider: salesforce\n"
        "  Created: 2025-02-18T08:41:24.156+00:00\n"
        "---\n"
    )
    as_json = nango(*words, "--format", "json", cwd=salesforce.root, environ=environ)
    assert [each["connection_id"] for each in json.loads(as_json.out)["data"]["connections"]] == ["3374a138", "fine"]
    assert as_json.err == "Using secret key: NANGO_SECRET_KEY_DEV\n"


def test_no_valid_connections(salesforce, nango):
    words = ("connection", "list", "--valid")
    none = nango(*words, "--integration", "hubspot", cwd=salesforce.root, environ=salesforce.environ)
    assert (none.status, none.out) == (0, "No valid connections found for integration: hubspot\n")
    every = nango(*words, cwd=salesforce.root, environ=salesforce.environ)
    assert every.out.startswith("Found 2 valid connection(s):\n- Connection ID: 3374a138\n  Integration: salesforce\n")


def test_an_environment_that_is_given_has_its_own_key(salesforce, nango):
    environ = {**salesforce.environ, "NANGO_SECRET_KEY_AAA": "not-this-one"}
    words = ("connection", "list", "--integration", "salesforce", "--valid")
    assert nango(*words, "-e", "dev", cwd=salesforce.root, environ=environ).err == ""
    wrong = nango(*words, cwd=salesforce.root, environ=environ)
    assert (wrong.status, wrong.err.splitlines()[0]) == (3, "Using secret key: NANGO_SECRET_KEY_AAA")
    assert "check NANGO_SECRET_KEY_AAA" in wrong.err


def test_the_key_may_stand_in_a_dotenv(salesforce, nango):
    lines = "".join(f"{name}={value}\n" for name, value in salesforce.environ.items() if name.startswith("NANGO"))
    (salesforce.root / ".env").write_text(lines + "not a line\n")
    found = nango("connection", "list", "--valid", "--integration", "salesforce", cwd=salesforce.root)
    assert found.out.startswith("Found 2 valid")
    assert found.err.splitlines()[0] == "Using secret key: NANGO_SECRET_KEY_DEV"
    assert "not understood" in found.err


def test_without_a_key_the_usual_environment_is_looked_at(local):
    result = local("connection", "list", "--valid", "--integration", "github")
    assert result.out.startswith("Found 2 valid connection(s) for integration github:\n- Connection ID: demo\n")
    assert result.err == ""


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (["NANGO_SECRET_KEY"], "NANGO_SECRET_KEY"),
        (["NANGO_SECRET_KEY", "NANGO_SECRET_KEY_PROD", "NANGO_SECRET_KEY_DEV"], "NANGO_SECRET_KEY_DEV"),
        (["NANGO_SECRET_KEY_PROD", "NANGO_SECRET_KEY_dev"], "NANGO_SECRET_KEY_dev"),
        (["NANGO_SECRET_KEY_DEV2", "NANGO_SECRET_KEY_DEV_EU"], "NANGO_SECRET_KEY_DEV_EU"),
        (["NANGO_SECRET_KEY_DEVA", "NANGO_SECRET_KEY_DEV2"], "NANGO_SECRET_KEY_DEV2"),
        (["NANGO_SECRET_KEYS", "NANGO_SECRET_KEY_Z"], "NANGO_SECRET_KEY_Z"),
        (["NANGO_SECRET_KEY_DEV", "NANGO_SECRET_KEY_dev"], "NANGO_SECRET_KEY_dev"),
        (["OTHER"], None),
    ],
)
def test_the_order_of_keys(names, first):
    from nango_cli.cli.discovery import first_key

    assert first_key(dict.fromkeys(names, "x")) == first
    assert first_key(dict.fromkeys(reversed(names), "x")) == first
    assert first_key(dict.fromkeys(names, " ")) is None
