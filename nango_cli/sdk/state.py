"""What a script leaves for its next run, and what keeps two runs apart."""

from __future__ import annotations

from typing import Any

from nango_cli.sdk.context import Part
from nango_cli.sdk.errors import SdkError
from nango_cli.sdk.plain import plain, with_article

Checkpoint = dict[str, str | int | float | bool]


class StatePart(Part):
    """A script has one checkpoint per connection and variant, and locks by any name."""

    def get_checkpoint(self) -> Checkpoint | None:
        """What `save_checkpoint` saved last, in this run or an earlier one; None if nothing is there."""
        checkpoint: Checkpoint | None = self._channel.call("checkpoint.get", {})
        return checkpoint

    def save_checkpoint(self, checkpoint: object) -> None:
        """Note how far the script has come: a flat dict, model or dataclass of text, numbers, true and false."""
        self._channel.call("checkpoint.save", {"checkpoint": _flat(plain(checkpoint, "checkpoint"))})

    def clear_checkpoint(self) -> None:
        """Start from the beginning next time."""
        self._channel.call("checkpoint.clear", {})

    def try_acquire_lock(self, key: str, ttl_ms: int) -> bool:
        """Take a lock, if nobody else has it; it is given back after `ttl_ms` milliseconds at the latest."""
        if isinstance(ttl_ms, bool) or not isinstance(ttl_ms, int) or ttl_ms <= 0:
            raise SdkError(f"`ttl_ms` is a number of milliseconds, not {ttl_ms!r}")
        free: bool = self._channel.call("lock.acquire", {"key": key, "ttl_ms": ttl_ms})
        return free

    def release_lock(self, key: str) -> bool:
        """Give a lock back; False if this run does not have it."""
        held: bool = self._channel.call("lock.release", {"key": key})
        return held

    def release_all_locks(self) -> None:
        """Give back every lock of this run."""
        self._channel.call("lock.release_all", {})


def _flat(checkpoint: Any) -> Checkpoint:
    if not isinstance(checkpoint, dict):
        raise SdkError(f"a checkpoint is a dict, a model or a dataclass, not {with_article(checkpoint)}")
    for key, value in checkpoint.items():
        if not isinstance(value, str | int | float):
            kind = "None" if value is None else with_article(value)
            help = "leave the key out" if value is None else "give each of its values a key of its own"
            raise SdkError(
                f"checkpoint.{key} is {kind}; a checkpoint holds text, numbers, true and false only", help=help
            )
    return checkpoint
