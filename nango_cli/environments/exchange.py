"""A request to a provider and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nango_cli.errors import EnvironmentFailure


@dataclass(frozen=True, slots=True)
class ProxyRequest:
    """A request to a connection's provider. `data` is sent as JSON unless it is text, bytes or None.

    `retries` and `retry_on` matter to environments that retry by themselves. `paged` marks one of a `paginate`.
    """

    integration: str
    connection_id: str
    method: str
    endpoint: str
    params: Mapping[str, Any] | str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    data: Any = None
    base_url_override: str | None = None
    decompress: bool = False
    retries: int = 0
    retry_on: tuple[int, ...] = ()
    paged: bool = False


@dataclass(frozen=True, slots=True)
class ProxyResponse:
    """What the provider answered, whatever the status: `data` is parsed JSON, text, bytes or None when empty.

    Header names are lower case. `url` is the address asked, without credentials. `raw` is the body as it came, None
    where an environment does not have it.
    """

    status: int
    headers: Mapping[str, str]
    data: Any
    url: str
    raw: bytes | None = field(default=None, repr=False, compare=False)


class Unreachable(EnvironmentFailure):
    """No answer at all. `retryable` when the next attempt may get one."""

    code = "NG702"

    def __init__(self, message: str, *, help: str | None = None, retryable: bool = True) -> None:
        super().__init__(message, help=help)
        self.retryable = retryable
