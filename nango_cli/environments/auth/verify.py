"""Whether credentials are any good: the request that the provider's definition names for that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

from nango_cli.environments.auth.account import Account
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse
from nango_cli.providers import placeholder

Send = Callable[[ProxyRequest], ProxyResponse]


@dataclass(frozen=True, slots=True)
class Verified:
    """`undefined` when the definition has no such request. `status` is that of the last answer.

    `request` is the request as the definition writes it, so it has no secrets; `answer` is what the provider said.
    """

    outcome: Literal["verified", "refused", "undefined"]
    status: int | None = None
    request: str | None = None
    answer: Any = field(default=None, repr=False)


def verify(account: Account, send: Send) -> Verified:
    """Ask until one answer is in the 200s. `send` adds the connection's credentials, and raises Unreachable (NG702)."""
    wanted = account.provider.verification
    if wanted is None:
        return Verified("undefined")
    values = account.values
    result = Verified("undefined")
    for endpoint in wanted.endpoints:
        path = placeholder.fill(endpoint, lambda name: _in_path(values(name)))
        headers = {name: placeholder.fill(text, values) for name, text in wanted.headers.items()}
        response = send(ProxyRequest(account.integration, account.connection_id, wanted.method, path, headers=headers))
        shown = f"{wanted.method} {endpoint}"
        if 200 <= response.status <= 299:
            return Verified("verified", response.status, shown)
        result = Verified("refused", response.status, shown, response.data)
    return result


def _in_path(value: Any) -> Any:
    return value if value is None else quote(str(value), safe="")
