"""The guest knows a secret by the names that the host knows it by."""

from __future__ import annotations

import pytest

from nango_cli import redaction
from nango_cli.sdk import secret_names


@pytest.mark.parametrize("name", ["_NAMES", "_ENDINGS", "_WORDS", "_COOKIE_ATTRIBUTES", "_PLAIN_VALUES"])
def test_the_lists_are_the_same(name: str) -> None:
    assert getattr(secret_names, name) == getattr(redaction, name)


def test_what_is_found() -> None:
    message = {
        "headers": {"authorization": "Bearer abc", "set-cookie": "sid=def; Path=/", "etag": "e"},
        "body": {
            "value": [{"client_secret": "ghi", "token": 5, "password": ["x"], "name": "n", "token_type": "bearer"}]
        },
    }
    assert secret_names.secrets(message) == ["abc", "def", "ghi"]
