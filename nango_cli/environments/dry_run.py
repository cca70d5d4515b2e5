"""An environment in which nothing is written: reads go through to another, writes stay in a list.

Requests to the provider are real, as in Nango's dry run: a POST that a script sends is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nango_cli.environments.environment import (
    Connection,
    Connections,
    Counts,
    Destination,
    Level,
    ProxyRequest,
    ProxyResponse,
    Record,
)


@dataclass(frozen=True, slots=True)
class Write:
    """One batch that a script wrote."""

    operation: Literal["save", "update", "delete"]
    destination: Destination
    records: tuple[Record, ...]


class DryRun:
    """`writes` holds every batch, in order."""

    def __init__(self, inner: Connections) -> None:
        self._inner = inner
        self.writes: list[Write] = []

    @property
    def retries(self) -> bool:
        return self._inner.retries

    def warm_up(self, integration: str) -> None:
        self._inner.warm_up(integration)

    def connection(self, integration: str, connection_id: str) -> Connection:
        return self._inner.connection(integration, connection_id)

    def proxy(self, request: ProxyRequest) -> ProxyResponse:
        return self._inner.proxy(request)

    def save(self, destination: Destination, records: Sequence[Record]) -> Counts:
        """Count every record as added: what is there already, a dry run does not know."""
        self.writes.append(Write("save", destination, tuple(records)))
        return Counts(added=len(records))

    def update(self, destination: Destination, records: Sequence[Record]) -> Counts:
        self.writes.append(Write("update", destination, tuple(records)))
        return Counts(updated=len(records))

    def delete(self, destination: Destination, records: Sequence[Record]) -> Counts:
        self.writes.append(Write("delete", destination, tuple(records)))
        return Counts(deleted=len(records))

    def log(self, integration: str, connection_id: str, script: str, level: Level, text: str) -> None:
        """Keep nothing: whoever watches the run has seen the line."""
