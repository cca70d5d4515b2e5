"""No secret is shown or written in the clear by any command, in any format, however it ends; unless it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.administered import World, project
from conftest import Nango, Result
from nango_server import KEY, NangoServer
from provider_server import Answer, ProviderServer

MARK = "planted"
GIVEN = ["--api-key", "env:SECRET"]
APPLICATION = ["--client-id", "id-1", "--client-secret", "env:SECRET"]

COMMANDS: list[list[str]] = [
    ["integration", "create", "gh", "--provider", "github", *APPLICATION, "--credential", "other=env:SECRET"],
    ["integration", "create", "gh", "--provider", "github", *APPLICATION],
    ["integration", "list"],
    ["integration", "get", "gh"],
    ["integration", "get", "github"],
    ["integration", "update", "gh", "--client-secret", "env:SECRET"],
    ["integration", "update", "nope", *APPLICATION],
    ["connection", "create", "acme", "two", *GIVEN, "--config", "applicationKey=env:SECRET"],
    ["connection", "create", "acme", "two", *GIVEN],
    ["connection", "create", "acme", "three", *GIVEN, "--no-verify", "--metadata", '{"a": 1}', "--tag", "a=b"],
    ["connection", "create", "strict", "four", *GIVEN],
    ["connection", "create", "nope", "x", *GIVEN],
    ["connection", "create", "acme", "x", "--username", "env:SECRET"],
    ["connection", "create", "acme", "x", "--credential", "planted-without-a-name"],
    ["connection", "create", "acme", "x", "--credential", "unknown=env:SECRET"],
    ["connection", "create", "acme", "x", "--api-key", "env:planted not a name"],
    ["connection", "create", "acme", "x", *GIVEN, "--metadata", '{"a": "planted'],
    ["connection", "list"],
    ["connection", "list", "--integration", "acme"],
    ["connection", "list", "--valid"],
    ["connection", "get", "two"],
    ["connection", "get", "demo", "--integration", "github"],
    ["connection", "refresh", "two"],
    ["connection", "connect", "acme"],
    ["connection", "connect", "gh", "--timeout", "1", "--no-browser"],
    ["connection", "metadata", "get", "two"],
    ["connection", "metadata", "set", "two", '{"a": 1}'],
    ["connection", "metadata", "update", "two", '{"a": 1}'],
    ["connection", "metadata", "update", "two", '{"a": "planted'],
    ["env", "set", "A", "env:SECRET"],
    ["env", "set", "planted-secret=A", "env:SECRET"],
    ["env", "set", "A", "planted", "planted-again"],
    ["env", "list"],
    ["env", "unset", "A"],
    ["provider", "list", "acme"],
    ["provider", "show", "acme"],
    ["connection", "delete", "two"],
    ["connection", "delete", "two", "--yes"],
    ["integration", "delete", "gh"],
    ["integration", "delete", "gh", "--yes"],
]


@pytest.fixture(scope="module")
def provider() -> Iterator[ProviderServer]:
    with ProviderServer() as provider:
        yield provider


@pytest.fixture(params=["local", "remote"])
def world(
    request: pytest.FixtureRequest,
    nango: Nango,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    provider: ProviderServer,
) -> Iterator[World]:
    root = project(tmp_path / "project", provider)
    if request.param == "local":
        local = World(nango, root, monkeypatch, None)
        for name in ("acme", "strict"):
            local.json("integration", "create", name, "--allow-private")
        yield local
        return
    with NangoServer(provider.url) as server:
        yield World(nango, root, monkeypatch, server)


def in_the_clear(folder: Path) -> list[Path]:
    files = [each for each in folder.rglob("*") if each.is_file()]
    return [each for each in files if MARK.encode() in each.read_bytes()]


def clean(result: Result) -> bool:
    return MARK not in result.out and MARK not in result.err and KEY not in result.out + result.err


@pytest.mark.parametrize("format", ["text", "json"])
def test_no_command_shows_or_writes_a_secret(world, format, tmp_path):
    ends = set()
    for words in COMMANDS:
        for tty in (False, True):
            result = world(*words, "--format", format, tty=tty)
            assert clean(result), words
            assert result.status != 70, result.err
            ends.add(result.status)
    assert in_the_clear(tmp_path) == []
    assert ends >= {0, 2, 3, 5}


def test_only_show_secrets_shows_them(world, tmp_path):
    world.json("integration", "create", "gh", "--provider", "github", *APPLICATION)
    world.json("connection", "create", "acme", "two", *GIVEN)
    for words in (["integration", "get", "gh"], ["connection", "get", "two"], ["connection", "refresh", "two"]):
        for format in ("text", "json"):
            assert clean(world(*words, "--format", format))
            assert "planted-secret" in world(*words, "--format", format, "--show-secrets").out
    assert in_the_clear(tmp_path) == []


def test_what_goes_under_the_name_of_a_secret_is_hidden_in_a_config_too(world):
    world.json("connection", "create", "acme", "two", *GIVEN, "--config", "applicationKey=planted-key")
    for words in (["get", "two"], ["list"], ["refresh", "two"]):
        assert clean(world("connection", *words, "--format", "json"))
    assert MARK in world("connection", "get", "two", "--show-secrets").out


@pytest.mark.parametrize("format", ["text", "json"])
@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 429, 500, 502])
def test_a_server_that_repeats_what_it_was_sent_is_not_repeated(nango, tmp_path, monkeypatch, provider, status, format):
    with NangoServer(provider.url) as server:
        world = World(nango, project(tmp_path / "project", provider), monkeypatch, server)
        said = {
            "error": {"code": "invalid_body", "message": f"no planted-secret, no {KEY}", "payload": "planted-secret"}
        }
        for path in ("/integrations", "/connections", "/connection"):
            server.faults[path] = Answer(status, said)
        for words in (
            ["integration", "create", "gh", "--provider", "github", *APPLICATION],
            ["connection", "create", "acme", "two", *GIVEN],
        ):
            result = world(*words, "--format", format)
            assert result.status not in (0, 70)
            assert clean(result), words


def test_a_bug_leaves_a_report_without_secrets(world, monkeypatch, tmp_path):
    secret = f"{MARK}-in-exception"  # the report shows lines of code

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(secret)

    for where in ("local_administration.LocalAdministration", "remote_administration.RemoteAdministration"):
        monkeypatch.setattr(f"nango_cli.environments.{where}.create_connection", fail)
    result = world("connection", "create", "acme", "two", "--api-key", "planted-on-the-command-line")
    assert (result.status, "NG901" in result.err) == (70, True)
    assert clean(result)
    assert in_the_clear(tmp_path) == []
    assert list((tmp_path / "home").rglob("nango-bug-*.log"))
