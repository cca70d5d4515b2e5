"""What has to be asked for before a connection can be made."""

from __future__ import annotations

import pytest

from nango_cli.environments.auth import needs
from nango_cli.environments.auth.grant import SUPPORTED
from nango_cli.errors import EnvironmentFailure, UsageError
from nango_cli.providers.catalog import bundled


def names(wanted: tuple[needs.Need, ...]) -> list[str]:
    return [each.name + ("" if each.required else "?") + ("*" if each.secret else "") for each in wanted]


@pytest.mark.parametrize(
    ("provider", "application", "credentials", "config"),
    [
        ("unauthenticated", [], [], []),
        ("github", ["client_id", "client_secret?*", "scopes?"], [], []),
        ("github-pat", [], ["apiKey*"], []),
        ("freshdesk", [], ["username", "password?*"], ["subdomain"]),
        ("datadog", [], ["apiKey*"], ["siteParameter", "applicationKey"]),
        ("zendesk", ["client_id", "client_secret?*", "scopes?"], [], ["subdomain"]),
        ("salesforce", ["client_id", "client_secret?*", "scopes?"], [], ["hostname?"]),  # instance_url comes by itself
        ("mailchimp", ["client_id", "client_secret?*", "scopes?"], [], ["dc"]),  # which nobody finds out here
        ("quickbooks", ["client_id", "client_secret?*", "scopes?"], [], []),
        (
            "okta-cc",
            [],
            ["client_id", "client_private_key*", "client_private_key_id?", "scopes?"],
            ["hostname?", "subdomain?", "oauth_scopes?"],
        ),
        ("auth0-cc", [], ["client_id", "client_secret*", "scopes?"], ["hostname", "audience?", "organization?"]),
    ],
)
def test_needs(provider: str, application: list[str], credentials: list[str], config: list[str]) -> None:
    found = needs.needs(bundled().get(provider))
    assert names(found.application) == application
    assert names(found.credentials) == credentials
    assert names(found.config) == config
    assert found.by_browser is bool(application)


def test_every_bundled_provider_says_what_it_needs() -> None:
    for name in bundled().names():
        provider = bundled().get(name)
        if provider.auth_mode in SUPPORTED:
            assert all(each.words for each in needs.needs(provider).config)
            continue
        with pytest.raises(EnvironmentFailure) as caught:
            needs.needs(provider)
        assert caught.value.code == "NG704"


def test_credentials() -> None:
    pat, freshdesk = bundled().get("github-pat"), bundled().get("freshdesk")
    assert needs.credentials(pat, {"apiKey": "k"}) == {"type": "API_KEY", "apiKey": "k"}
    assert needs.credentials(freshdesk, {"username": "u", "password": ""}) == {"type": "BASIC", "username": "u"}
    app = needs.application(bundled().get("github"), {"client_id": "c", "client_secret": "s"})
    assert app == {"type": "OAUTH2", "client_id": "c", "client_secret": "s"}
    assert needs.config(freshdesk, {"subdomain": "acme", "more": "kept"}) == {"subdomain": "acme", "more": "kept"}


def test_mistakes() -> None:
    pat, freshdesk = bundled().get("github-pat"), bundled().get("freshdesk")
    with pytest.raises(UsageError, match="credentials for `github-pat` need `apiKey`: the API key"):
        needs.credentials(pat, {})
    with pytest.raises(UsageError, match="`api_key` is unknown to credentials for `github-pat`") as caught:
        needs.credentials(pat, {"api_key": "planted"})
    assert "planted" not in caught.value.message + str(caught.value.help)
    with pytest.raises(UsageError, match="`subdomain` cannot be `A B`: it must match") as caught:
        needs.config(freshdesk, {"subdomain": "A B"})
    assert caught.value.help == "such as `domain`"
