"""Having a connection allowed in a browser, which is a plain HTTP client here."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import httpx
import pytest
from oauth_server import OAuthServer

from nango_cli.environments.auth.account import Account
from nango_cli.environments.auth.connect import Allowed, connect
from nango_cli.environments.wire import Wire
from nango_cli.errors import EnvironmentFailure

Make = Callable[..., Account]


class Browser:
    """Opens what it is shown, and follows redirects; `pages` holds what it ends up with."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.pages: list[httpx.Response] = []
        self.threads: list[threading.Thread] = []

    def __call__(self, url: str) -> None:
        self.shown.append(url)
        self.threads.append(threading.Thread(target=self._open, args=(url,)))
        self.threads[-1].start()

    def _open(self, url: str) -> None:
        with httpx.Client(follow_redirects=True, trust_env=False) as client:
            self.pages.append(client.get(url))

    @property
    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.shown[0]).query).items()}

    def page(self) -> httpx.Response:
        for each in self.threads:
            each.join(10)
        return self.pages[0]


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.mark.parametrize("name", ["oauth", "oauth-basic", "oauth-form", "oauth-json"])
def test_allowed(account: Make, wire: Wire, browser: Browser, server: OAuthServer, name: str) -> None:
    server.behaviour.more = {"team": {"id": "T1"}, "bot": "B2", "scope": "read write"}
    server.behaviour.redirect_more = {"realm": "R3"}
    allowed = connect(account(name, {}, account="acme"), wire, browser)
    assert allowed.credentials["type"] == "OAUTH2"
    assert allowed.credentials["access_token"] in server.tokens
    assert allowed.credentials["refresh_token"] in server.refresh
    assert allowed.credentials["expires_at"].endswith("Z")
    raw = allowed.credentials["raw"]
    assert (raw["token_type"], raw["expires_in"], "expires_at" in raw) == ("bearer", 3600, False)
    more = {"realm": "R3", "bot": "B2"} if name == "oauth-basic" else {}
    if more and name != "oauth-form":
        more["team.id"] = "T1"
    assert allowed.config == {"account": "acme", **more}
    page = browser.page()
    assert page.status_code == 200
    assert "Connected" in page.text
    assert "planted" not in page.text
    assert page.headers["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert page.headers["cache-control"] == "no-store"
    assert ("code_challenge" in browser.query) is (name != "oauth-form")
    separator = "," if name == "oauth-basic" else " "
    assert browser.query["scope"] == separator.join(["read", "write", "offline"])
    assert browser.query["response_type"] == "code"
    assert browser.query["client_id"] == "client-7"
    assert browser.query["redirect_uri"].startswith("http://127.0.0.1:")
    if name == "oauth-basic":
        assert (browser.query["prompt"], browser.query["account"]) == ("consent", "acme")
    if name != "oauth-form":
        assert browser.query["code_challenge_method"] == "S256"
    if name == "oauth-json":
        assert server.granted[0]["expiring"] == "1"
    assert "planted" not in repr(allowed)


def test_other_scopes_and_a_given_port(account: Make, wire: Wire, browser: Browser) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    connect(account("oauth", {}), wire, browser, scopes=("admin",), port=port)
    assert browser.query["scope"] == "admin offline"
    assert browser.query["redirect_uri"] == f"http://127.0.0.1:{port}/callback"


def test_another_redirect_address(account: Make, wire: Wire, server: OAuthServer) -> None:
    """A tunnel leads from the public address to ours."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def tunnel(url: str) -> None:
        with httpx.Client(trust_env=False) as client:
            leads = client.get(url).headers["location"]
            assert leads.startswith("https://tunnel.example/oauth/back?")
            ours = leads.replace("https://tunnel.example", f"http://127.0.0.1:{port}")
            threading.Thread(target=lambda: httpx.get(ours, trust_env=False)).start()

    redirect_uri = "https://tunnel.example/oauth/back"
    allowed = connect(account("oauth", {}), wire, tunnel, port=port, redirect_uri=redirect_uri)
    assert allowed.credentials["access_token"] in server.tokens


def failure(account: Account, wire: Wire, browser: Callable[[str], Any], **how: Any) -> EnvironmentFailure:
    with pytest.raises(EnvironmentFailure) as caught:
        connect(account, wire, browser, **how)
    assert "planted" not in caught.value.message + str(caught.value.help)
    assert caught.value.__context__ is None
    return caught.value


def test_denied(account: Make, wire: Wire, browser: Browser, server: OAuthServer) -> None:
    server.behaviour.deny = True
    error = failure(account("oauth", {}), wire, browser)
    assert error.code == "NG712"
    message = "the connection `demo` of `oauth` was not authorized: `access_denied` the user said no"
    assert (error.message, error.help) == (message, "allow the access in the browser")
    assert (browser.page().status_code, "Not connected" in browser.page().text) == (400, True)
    assert server.granted == []


@pytest.mark.parametrize("state", ["", "wrong", "é"])
def test_a_wrong_state(account: Make, wire: Wire, browser: Browser, server: OAuthServer, state: str) -> None:
    server.behaviour.state = state
    error = failure(account("oauth", {}), wire, browser)
    assert error.code == "NG712"
    assert "does not belong to this attempt" in error.message
    assert server.granted == []


def test_nobody_answers(account: Make, wire: Wire, browser: Browser, server: OAuthServer) -> None:
    server.behaviour.silent = True
    error = failure(account("oauth", {}), wire, browser, patience=0.2)
    assert error.code == "NG712"
    assert error.message == "nobody authorized the connection `demo` of `oauth` within 0.2 seconds"
    assert f"must have {browser.query['redirect_uri']} among its redirect addresses" in str(error.help)


def test_a_redirect_that_is_not_registered(account: Make, wire: Wire, browser: Browser, server: OAuthServer) -> None:
    server.behaviour.redirects = ["https://other.example/callback"]
    error = failure(account("oauth", {}), wire, browser, patience=0.2)
    assert error.code == "NG712"
    assert browser.page().status_code == 400


def test_a_wrong_client(account: Make, wire: Wire, browser: Browser, server: OAuthServer) -> None:
    server.behaviour.spill = True
    right = account("oauth", {})
    wrong = Account("oauth", "demo", right.provider, {}, {}, {**right.application, "client_secret": "planted-no"}, True)
    error = failure(wrong, wire, browser)
    assert error.code == "NG712"
    assert error.message.endswith("there is no token for it: `invalid_client` *** is wrong")
    assert "check the client id and secret" in str(error.help)
    assert browser.page().status_code == 400


def test_pkce_is_checked(account: Make, wire: Wire, browser: Browser, server: OAuthServer) -> None:
    def tamper(url: str) -> None:
        browser(url.replace("code_challenge=", "code_challenge=x"))

    assert "`invalid_grant` PKCE" in failure(account("oauth", {}), wire, tamper).message


def test_before_a_browser_is_asked(account: Make, wire: Wire, browser: Browser) -> None:
    bare = account("oauth", {})
    no_application = Account("oauth", "demo", bare.provider)
    assert failure(no_application, wire, browser).code == "NG712"
    assert failure(account("key-header"), wire, browser).code == "NG704"
    assert "nango connection create" in str(failure(account("key-header"), wire, browser).help)
    assert failure(account("oauth1"), wire, browser).code == "NG704"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        error = failure_of_port(bare, wire, browser, taken.getsockname()[1])
    assert error.code == "NG712"
    assert "nobody can listen on port" in error.message
    assert browser.shown == []


def failure_of_port(account: Account, wire: Wire, browser: Browser, port: int) -> EnvironmentFailure:
    with pytest.raises(EnvironmentFailure) as caught:
        connect(account, wire, browser, port=port)
    return caught.value


def test_other_requests_change_nothing(account: Make, wire: Wire, browser: Browser, server: OAuthServer) -> None:
    server.behaviour.silent = True
    seen: list[int] = []

    def visitor(url: str) -> None:
        ours = parse_qs(urlsplit(url).query)["redirect_uri"][0]
        with httpx.Client(trust_env=False) as client:
            for path in (ours, ours.replace("callback", "favicon.ico"), f"{ours}?state=x"):
                seen.append(client.get(path).status_code)
            seen.append(client.post(f"{ours}?code=x&state=x").status_code)

    assert failure(account("oauth", {}), wire, visitor, patience=0.1).message.startswith("nobody authorized")
    assert seen == [404, 404, 404, 501]


def test_interrupted(account: Make, wire: Wire) -> None:
    addresses: list[str] = []

    def stop(url: str) -> None:
        addresses.append(parse_qs(urlsplit(url).query)["redirect_uri"][0])
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        connect(account("oauth", {}), wire, stop)
    assert time.monotonic() - began < 2
    with pytest.raises(OSError, match="refused"):
        urlopen(addresses[0])


def test_a_browser_that_keeps_connections_open_does_not_hold_us_up(account: Make, wire: Wire, browser: Browser) -> None:
    idle = socket.socket()

    def show(url: str) -> None:
        ours = urlsplit(parse_qs(urlsplit(url).query)["redirect_uri"][0])
        idle.connect((ours.hostname, ours.port))
        browser(url)

    began = time.monotonic()
    assert isinstance(connect(account("oauth", {}), wire, show), Allowed)
    assert time.monotonic() - began < 3
    idle.close()
