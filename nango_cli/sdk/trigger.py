"""Other scripts: running them, and starting their schedules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeVar, overload

from nango_cli.sdk.context import Part
from nango_cli.sdk.errors import SdkError
from nango_cli.sdk.models import as_model
from nango_cli.sdk.plain import plain

M = TypeVar("M")
Mode = Literal["incremental", "full_refresh", "full_refresh_and_clear_cache"]
_MODES = ("incremental", "full_refresh", "full_refresh_and_clear_cache")


class TriggerPart(Part):
    """`integration` and `connection_id` say for whom the other script runs."""

    @overload
    def trigger_action(self, integration: str, connection_id: str, action: str, input: object = None) -> Any: ...
    @overload
    def trigger_action(
        self, integration: str, connection_id: str, action: str, input: object = None, *, model: type[M]
    ) -> M: ...
    def trigger_action(
        self,
        integration: str,
        connection_id: str,
        action: str,
        input: object = None,
        *,
        model: type[M] | None = None,
    ) -> M | Any:
        """Run an action and return its output, as an instance of `model` when one is given.

        `input` is a model, a dataclass or any JSON value.
        """
        params = {
            "integration": integration,
            "connection_id": connection_id,
            "action": action,
            "input": plain(input, "input"),
        }
        output = self._channel.call("action.trigger", params)["output"]
        return output if model is None else as_model(model, output, f"the output of `{action}`", None)

    def trigger_sync(
        self,
        integration: str,
        connection_id: str,
        sync: str,
        mode: Mode = "incremental",
        *,
        variant: str | None = None,
    ) -> None:
        """Run a sync once, now."""
        if mode not in _MODES:
            raise SdkError(f"there is no mode {mode!r}", help="modes: " + ", ".join(_MODES))
        named = _named({"name": sync, "variant": variant} if variant else sync)
        params = {
            "integration": integration,
            "connection_id": connection_id,
            "sync": named["name"],
            "variant": named["variant"],
            "mode": mode,
        }
        self._channel.call("sync.trigger", params)

    def start_sync(
        self,
        integration: str,
        syncs: Iterable[str | Mapping[str, str | None]],
        connection_id: str | None = None,
    ) -> None:
        """Start the schedules of syncs: names, or dicts of `name` and `variant`. For this connection unless named."""
        if isinstance(syncs, str):
            raise SdkError("syncs come as a list of names, not as one text")
        params = {
            "integration": integration,
            "connection_id": connection_id or self._context.connection_id,
            "syncs": [_named(sync) for sync in syncs],
        }
        self._channel.call("sync.start", params)


def _named(sync: str | Mapping[str, str | None]) -> dict[str, str]:
    if isinstance(sync, str):
        return {"name": sync, "variant": "base"}
    if not isinstance(sync, Mapping) or not isinstance(sync.get("name"), str):
        raise SdkError(f"a sync is named by text or by a dict of `name` and `variant`, not by {sync!r}")
    return {"name": str(sync["name"]), "variant": sync.get("variant") or "base"}
