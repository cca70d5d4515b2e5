"""What placeholders stand for: a connection's config and its credentials, under the names that definitions use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nango_cli.errors import EnvironmentFailure
from nango_cli.providers.provider import Provider

SECRETS = ("apiKey", "accessToken", "username", "password")

_CONFIG, _CREDENTIALS = "connectionConfig.", "credentials."
_TOKENS = ("access_token", "accessToken", "token", "apiKey")
_NEVER_IN_ADDRESSES = re.compile(r"[\s\x00-\x1f\x7f\\]")


class Values:
    """Credentials are as the server's API writes them, `{"type": "OAUTH2", "access_token": ...}`.

    Where there is nothing but an API key, it stands for an access token, and `user:password` for both.
    """

    def __init__(self, provider: Provider, config: Mapping[str, Any], credentials: Mapping[str, Any]) -> None:
        self._provider = provider
        self._config = config
        self._credentials = credentials

    def __call__(self, name: str) -> Any:
        """The value of a placeholder, None when there is none."""
        if name.startswith(_CONFIG):
            return _step(self._config, name.removeprefix(_CONFIG))
        match name.removeprefix(_CREDENTIALS):
            case "accessToken" | "access_token":
                return self._token()
            case "username" | "password" as part:
                return self._user()[part == "password"]
            case "apiKey":
                return self._credentials.get("apiKey") or self._credentials.get("api_key")
            case other:
                return _step(self._credentials, other)

    def in_address(self, name: str) -> Any:
        """As above; EnvironmentFailure NG703 when the definition says that the value must look otherwise."""
        value = self(name)
        if value is None or not name.startswith(_CONFIG):
            return value
        declared = self._provider.connection_config.get(name.removeprefix(_CONFIG))
        pattern = declared.pattern if declared else None
        text = str(value)
        if _NEVER_IN_ADDRESSES.search(text) or (pattern and text and not pattern.search(text)):
            example = f", such as `{declared.example}`" if declared and declared.example else ""
            help = f"it must match {pattern.pattern}{example}" if pattern else "it becomes part of an address"
            raise EnvironmentFailure(f"the connection's `{name}` cannot be `{text}`", code="NG703", help=help)
        return value

    def token(self) -> str:
        found = self._token()
        if not found:
            message = f"the connection has no access token for `{self._provider.name}` ({self._provider.auth_mode})"
            raise EnvironmentFailure(message, code="NG705", help="authorize it, or give it an `api_key`")
        return str(found)

    def user(self) -> tuple[str, str]:
        name, password = self._user()
        if not name:
            message = f"the connection has no user name for `{self._provider.name}` ({self._provider.auth_mode})"
            raise EnvironmentFailure(message, code="NG705", help="give it an `api_key` such as `user:password`")
        return name, password

    def _token(self) -> Any:
        return next((found for name in _TOKENS if (found := self._credentials.get(name))), None)

    def _user(self) -> tuple[str, str]:
        if "username" in self._credentials:
            return str(self._credentials["username"] or ""), str(self._credentials.get("password") or "")
        name, _, password = str(self._credentials.get("apiKey") or "").partition(":")
        return name, password


def _step(value: Any, path: str) -> Any:
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value
