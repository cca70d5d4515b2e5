"""A script's request as its integration sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode

from nango_cli.environments.connection import SECRET_CONFIG, Credentials
from nango_cli.environments.exchange import ProxyRequest
from nango_cli.environments.local_directory import Target
from nango_cli.providers.request import build


def prepare(request: ProxyRequest, target: Target, config: Mapping[str, Any], credentials: Credentials) -> ProxyRequest:
    """The request with its whole address and all of its headers. Raises EnvironmentFailure as `request.build` does."""
    whole = {**config, **credentials.get(SECRET_CONFIG, {})}
    prepared = build(target.provider, target.overrides, whole, credentials, request)
    return replace(_with_params(request, prepared.query), endpoint=prepared.url, headers=prepared.headers)


def _with_params(request: ProxyRequest, extra: Mapping[str, str]) -> ProxyRequest:
    """The request with the integration's parameters, over which its own win."""
    if not extra:
        return request
    if isinstance(request.params, str):
        missing = {name: text for name, text in extra.items() if name not in parse_qs(request.params)}
        return replace(request, params="&".join(filter(None, [request.params, urlencode(missing)])))
    return replace(request, params={**extra, **(request.params or {})})
