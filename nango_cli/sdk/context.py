"""What a run is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nango_cli.sdk.channel import Channel


@dataclass(frozen=True, slots=True)
class Context:
    """`outputs` are the models that a sync may save."""

    integration: str
    connection_id: str
    provider: str
    script: str
    outputs: tuple[str, ...] = ()
    last_sync_date: datetime | None = None
    environment: str = "dev"
    variant: str = "base"


class Part:
    """One part of what a `nango` object can do. All share its channel to the host and its context."""

    def __init__(self, channel: Channel, context: Context) -> None:
        self._channel = channel
        self._context = context
