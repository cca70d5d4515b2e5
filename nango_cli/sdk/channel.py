"""What a `nango` object needs to know of its host."""

from __future__ import annotations

from typing import Any, Protocol


class Channel(Protocol):
    """One question, one answer."""

    def call(self, method: str, params: dict[str, Any]) -> Any:
        """The host's answer; an SdkError when the host refuses."""
