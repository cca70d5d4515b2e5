"""The request by which a provider says whether credentials are good."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from oauth_server import API_KEY, OAuthServer

from nango_cli.environments.auth.account import Account
from nango_cli.environments.auth.verify import verify
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse
from nango_cli.environments.http import HttpClient
from nango_cli.environments.local_directory import Target
from nango_cli.environments.local_request import prepare
from nango_cli.providers.catalog import bundled
from nango_cli.providers.request import Overrides

Make = Callable[..., Account]


def sending(account: Account) -> Callable[[ProxyRequest], ProxyResponse]:
    target = Target(account.integration, account.provider, Overrides(), account.private)

    def send(request: ProxyRequest) -> ProxyResponse:
        with HttpClient(5) as client:
            prepared = prepare(request, target, account.config, account.credentials)
            return client.send(prepared, "", {}, private=True)

    return send


def test_verified(account: Make) -> None:
    found = verify(account("key-header"), sending(account("key-header")))
    assert (found.outcome, found.status, found.request) == ("verified", 200, "GET /api/header")


def test_one_of_several_requests_suffices(account: Make, server: OAuthServer) -> None:
    server.requests.clear()
    found = verify(account("basic"), sending(account("basic")))
    assert found.outcome == "verified"
    assert len(server.requests) == 2


@pytest.mark.parametrize("credentials", [{"type": "API_KEY", "apiKey": "planted-wrong"}])
def test_refused(account: Make, credentials: dict[str, str]) -> None:
    wrong = account("key-header", credentials)
    found = verify(wrong, sending(wrong))
    assert (found.outcome, found.status) == ("refused", 401)
    assert "planted" not in repr(found)


def test_undefined(account: Make) -> None:
    found = verify(account("key-query"), sending(account("key-query")))
    assert (found.outcome, found.status) == ("undefined", None)


def test_credentials_in_paths_are_filled_in_and_not_shown() -> None:
    algolia = bundled().get("algolia")
    asked: list[ProxyRequest] = []

    def send(request: ProxyRequest) -> ProxyResponse:
        asked.append(request)
        return ProxyResponse(200, {}, None, request.endpoint)

    account = Account("algolia", "demo", algolia, {"APP_ID": "A"}, {"type": "API_KEY", "apiKey": API_KEY + "/x"})
    found = verify(account, send)
    assert asked[0].endpoint == f"/1/keys/{API_KEY}%2Fx"
    assert found.request == "GET /1/keys/${credentials.apiKey}"
    assert "planted" not in repr(found)
