"""`nango connection connect` and `refresh` with a provider on the loopback that asks nobody."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from cli.administered import World
from conftest import Nango
from provider_server import Answer, Asked, Loopback

DEFINITION = """
forge:
  auth_mode: OAUTH2
  authorization_url: %(url)s/authorize
  token_url: %(url)s/token
  proxy: {base_url: '%(url)s'}
  token_response_metadata: [team]
"""


class Forge(Loopback):
    """Allows everything, unless `refuses`."""

    refuses = False
    given = 0

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/authorize":
            answer = {"error": "access_denied"} if self.refuses else {"code": "planted-code"}
            query = urlencode({**answer, "state": asked.parameter("state")})
            return Answer(302, None, {"Location": f"{asked.parameter('redirect_uri')}?{query}"})
        self.given += 1
        number = self.given
        return Answer(
            200,
            {
                "access_token": f"planted-access-{number}",
                "refresh_token": f"planted-refresh-{number}",
                "token_type": "bearer",
                "expires_in": 3600,
                "team": "octo",
            },
        )

    @property
    def forms(self) -> list[dict[str, list[str]]]:
        return [parse_qs(each.body.decode()) for each in self.requests if each.path == "/token"]


@pytest.fixture
def forge() -> Iterator[Forge]:
    with Forge() as forge:
        yield forge


@pytest.fixture
def local(nango: Nango, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forge: Forge) -> World:
    root = tmp_path / "project"
    root.mkdir()
    (root / "nango.yaml").write_text("integrations: {}\n")
    (root / "providers.yaml").write_text(DEFINITION % {"url": forge.url})
    world = World(nango, root, monkeypatch, None)
    application = ["--client-id", "id-1", "--client-secret", "env:SECRET", "--scopes", "a,b"]
    world.json("integration", "create", "forge", "--allow-private", *application)
    return world


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were opened; what opens them follows redirects and looks at nothing."""
    opened: list[str] = []

    def follow(url: str) -> None:
        import contextlib
        import urllib.error

        with contextlib.suppress(urllib.error.HTTPError):
            urllib.request.urlopen(url).read()

    def open(url: str) -> None:
        opened.append(url)
        threading.Thread(target=follow, args=(url,), daemon=True).start()

    monkeypatch.setattr("webbrowser.open", open)
    return opened


def test_a_connection_is_allowed_in_the_browser_and_refreshed(local, browser, forge):
    made = local("connection", "connect", "forge", "demo", tty=True)
    assert (made.status, made.out) == (0, "demo\n"), made.err
    assert len(browser) == 1
    assert browser[0] in made.err
    assert "connected `demo` of `forge`" in made.err
    assert "planted" not in made.err
    assert forge.forms[0]["code"] == ["planted-code"]
    shown = local.json("connection", "get", "demo", "--show-secrets")["connection"]
    assert shown["credentials"]["access_token"] == "planted-access-1"
    assert shown["connection_config"] == {"team": "octo"}
    refreshed = local.json("connection", "refresh", "demo", "--show-secrets")["connection"]
    assert refreshed["credentials"]["access_token"] == "planted-access-2"
    assert forge.forms[1]["refresh_token"] == ["planted-refresh-1"]
    hidden = local("connection", "refresh", "demo")
    assert (hidden.status, "planted" in hidden.out, "expires_at" in hidden.out) == (0, False, True)


def test_a_connection_gets_new_credentials_and_keeps_the_rest(local, browser):
    more = ["--config", "region=eu", "--metadata", '{"a": 1}', "--access-token", "planted-old"]
    local.json("connection", "create", "forge", "demo", *more)
    assert local("connection", "connect", "forge", "demo", "--config", "zone=b", tty=True).status == 0
    shown = local.json("connection", "get", "demo", "--show-secrets")["connection"]
    assert shown["metadata"] == {"a": 1}
    assert shown["connection_config"] == {"region": "eu", "zone": "b", "team": "octo"}
    assert shown["credentials"]["access_token"] == "planted-access-1"


def test_the_scopes_the_port_and_the_redirect_may_be_others(local, browser):
    assert local("connection", "connect", "forge", "--scopes", "c, d", tty=True).status == 0
    assert "scope=c+d" in browser[0]
    taken = ["--redirect-uri", "https://tunnel.example.com/back", "--timeout", "1"]
    result = local("connection", "connect", "forge", "--no-browser", *taken)
    assert (result.status, "NG712" in result.err) == (3, True)
    assert "redirect_uri=https%3A%2F%2Ftunnel.example.com%2Fback" in result.err


def test_nobody_opens_a_browser_where_nobody_watches(local, browser):
    result = local("connection", "connect", "forge", "--timeout", "1", "--format", "json")
    assert json.loads(result.out)["diagnostics"][0]["code"] == "NG712"
    assert "open this address" in result.err
    assert browser == []


def test_a_refusal_leaves_everything_as_it_was(local, browser, forge):
    forge.refuses = True
    result = local("connection", "connect", "forge", "demo", tty=True)
    assert (result.status, "NG712" in result.err) == (3, True)
    assert local.json("connection", "list")["connections"] == []


def test_what_a_connection_cannot_be_allowed_without(local):
    assert local.code("connection", "connect", "nope") == (5, "NG701")
    assert local.code("connection", "connect", "forge", "--config", "x") == (2, "NG801")
    assert local.code("connection", "connect", "forge", "--port", "0") == (2, "NG801")
    assert local.code("connection", "connect", "forge", "--timeout", "0") == (2, "NG801")
    local.json("integration", "create", "github-pat")
    assert local.code("connection", "connect", "github-pat") == (3, "NG704")
    local.json("integration", "create", "linear")
    assert local.code("connection", "connect", "linear") == (3, "NG712")
