"""What token endpoints answer, as RFC 6749 would have it, and the parts of credentials."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from nango_cli.environments.auth.account import expiry, moment, secrets, text, token
from nango_cli.environments.auth.failure import TokenRefused
from nango_cli.environments.auth.oauth2 import split_scopes
from nango_cli.environments.auth.token_endpoint import understood

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("status", "kind", "content", "expected"),
    [
        (200, JSON, b'{"access_token":"a","expires_in":"3600"}', {"access_token": "a", "expires_in": 3600}),
        (201, "", b'{"access_token":"a","expires_in":12.5}', {"access_token": "a", "expires_in": 12}),
        (200, JSON, b'{"access_token":"a","expires_in":null}', {"access_token": "a"}),
        (200, FORM, b"access_token=a&scope=b%20c", {"access_token": "a", "scope": "b c"}),
        (200, "text/plain", b'{"access_token":"a"}', {"access_token": "a"}),
        (200, JSON, b'{"error":"bad_verification_code"}', {"error": "bad_verification_code"}),
        (400, FORM, b"error=invalid_grant", {"error": "invalid_grant"}),
    ],
)
def test_understood(status: int, kind: str, content: bytes, expected: dict[str, Any]) -> None:
    assert understood(status, kind, content) == expected


@pytest.mark.parametrize(
    ("status", "kind", "content", "message", "passing"),
    [
        (401, JSON, b'{"message":"Bad client"}', "the token endpoint answered 401: Bad client", False),
        (403, "text/html", b"<title>Blocked</title>", "the token endpoint answered 403", False),
        (200, JSON, b'{"ok":false,"detail":"no"}', "the token endpoint answered 200: no", False),
        (400, JSON, b'{"error":{"message":"nope","code":7}}', "the token endpoint answered 400: nope", False),
        (302, "", b"", "the token endpoint answered 302", False),
        (429, JSON, b'{"error":"slow_down"}', "the token endpoint answered 429: slow_down", True),
        (503, "text/html", b"<html>", "the token endpoint answered 503", True),
        (400, JSON, b"not json", "the token endpoint answered 400", False),
    ],
)
def test_refused(status: int, kind: str, content: bytes, message: str, passing: bool) -> None:
    with pytest.raises(TokenRefused) as caught:
        understood(status, kind, content)
    assert (caught.value.message, caught.value.passing) == (message, passing)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-01-31T09:00:00.000Z", datetime(2026, 1, 31, 9, tzinfo=UTC)),
        ("2026-01-31T09:00:00", datetime(2026, 1, 31, 9, tzinfo=UTC)),
        ("2026-01-31T10:00:00+01:00", datetime(2026, 1, 31, 9, tzinfo=UTC)),
        (1769850000, datetime(2026, 1, 31, 9, tzinfo=UTC)),
        ("1769850000", datetime(2026, 1, 31, 9, tzinfo=UTC)),
        (1769850000000, datetime(2026, 1, 31, 9, tzinfo=UTC)),
        (None, None),
        (True, None),
        ("soon", None),
        (1e300, None),
    ],
)
def test_moments(value: Any, expected: datetime | None) -> None:
    assert moment(value) == expected
    assert expiry({"expires_at": value}) == expected
    if expected is not None:
        assert text(expected) == "2026-01-31T09:00:00.000Z"


def test_parts_of_credentials() -> None:
    oauth = {"type": "OAUTH2", "access_token": "aaa", "expires_at": "2026", "raw": {"id_token": "iii", "scope": "s"}}
    assert token(oauth) == "aaa"
    assert token({"token": "t"}) == "t"
    assert token({"apiKey": "k"}) is None
    assert set(secrets(oauth)) == {"aaa", "iii"}
    basic = {"type": "BASIC", "username": "u", "password": "p"}
    assert set(secrets(basic)) == {"u", "p", "dTpw"}
    assert split_scopes("a, b c,,d") == ["a", "b", "c", "d"]
    assert split_scopes(["a b", "c"]) == ["a b", "c"]
    assert split_scopes(None) == []
