"""One provider, as its definition describes it. Names are those of Nango's providers file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

AUTH_MODES = (
    "NONE",
    "API_KEY",
    "BASIC",
    "OAUTH1",
    "OAUTH2",
    "OAUTH2_CC",
    "APP",
    "APP_STORE",
    "CUSTOM",
    "TBA",
    "TABLEAU",
    "JWT",
    "BILL",
    "TWO_STEP",
    "SIGNATURE",
    "AWS_SIGV4",
    "INSTALL_PLUGIN",
    "MCP_OAUTH2",
    "MCP_OAUTH2_GENERIC",
)
STRATEGIES: tuple[Strategy, ...] = ("at", "after")

Strategy = Literal["at", "after"]
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class InBody:
    """Where a refusal's body says when to ask again: what the first group of `value` finds at `path`."""

    path: str
    value: re.Pattern[str]
    strategy: Strategy


@dataclass(frozen=True, slots=True)
class RetryRule:
    """When a provider may be asked again.

    `statuses` decide instead of the usual ones, None leaves those. The headers `at` hold moments, those of `after`
    seconds; header names are lower case. `remaining` is the header that is "0" when a limit is used up.
    """

    statuses: tuple[range, ...] | None = None
    remaining: str | None = None
    at: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    in_body: InBody | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """The requests that show whether credentials are good: one of them must be answered with 2xx."""

    endpoints: tuple[str, ...]
    method: str = "GET"
    headers: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConfigField:
    """A value that a connection has to bring. `automated` ones come out of the authorization itself."""

    type: str = "string"
    pattern: re.Pattern[str] | None = None
    example: str | None = None
    automated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Addresses, headers, `query` and parameters may hold placeholders: `${connectionConfig.subdomain}`, `${apiKey}`.

    `paginate` holds the settings of `nango.paginate`, as a script would write them. `token_response_metadata` and
    `redirect_uri_metadata` name what becomes part of a connection's config when it is authorized.
    """

    name: str
    auth_mode: str
    display_name: str | None = None
    docs: str | None = None

    base_url: str | None = None
    headers: Texts = field(default_factory=dict)
    query: Texts = field(default_factory=dict)
    decompress: bool = False
    retry: RetryRule = RetryRule()
    paginate: Mapping[str, Any] = field(default_factory=dict)
    verification: Verification | None = None

    authorization_url: str | None = None
    authorization_params: Texts = field(default_factory=dict)
    authorization_method: str | None = None
    token_url: str | None = None
    token_params: Texts = field(default_factory=dict)
    token_request_auth_method: str | None = None
    body_format: str | None = None
    token_response_metadata: tuple[str, ...] = ()
    redirect_uri_metadata: tuple[str, ...] = ()
    refresh_url: str | None = None
    refresh_params: Texts = field(default_factory=dict)
    default_scopes: tuple[str, ...] = ()
    scope_separator: str = " "
    disable_pkce: bool = False
    connection_config: Mapping[str, ConfigField] = field(default_factory=dict)
    credentials: Mapping[str, ConfigField] = field(default_factory=dict)
