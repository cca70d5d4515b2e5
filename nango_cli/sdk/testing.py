"""Stand-ins for the `nango` object, for unit tests of scripts: no process, no network, no account.

    from nango_cli.sdk.testing import sync


    def test_open_issues_are_saved():
        nango = sync("Issue", responses={"GET /repos/octo/hello/issues": [{"id": 1, "title": "One"}]})
        nango.run(fetch_data)
        assert nango.saved["Issue"] == [{"id": 1, "title": "One"}]

`responses` maps `METHOD /endpoint` to the body of the answer, to a `Response`, or to an exception to raise. A tuple
holds several of them: one for each request, or one for each page. A function of the `Request` may stand for it all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypedDict, Unpack

from nango_cli.sdk import entry
from nango_cli.sdk.context import Context, Part
from nango_cli.sdk.memory_channel import LogLine, MemoryChannel, Request, Responses
from nango_cli.sdk.nango import NangoAction, NangoSync
from nango_cli.sdk.plain import plain
from nango_cli.sdk.requests import Response

__all__ = ["About", "FakeAction", "FakeSync", "LogLine", "Request", "Response", "action", "sync"]


class About(TypedDict, total=False):
    """What the run of a test is about."""

    integration: str
    connection_id: str
    provider: str
    environment: str
    variant: str


class _Fake(Part):
    """What a script did, as a test wants to know it."""

    @property
    def _memory(self) -> MemoryChannel:
        assert isinstance(self._channel, MemoryChannel)
        return self._channel

    @property
    def logs(self) -> list[LogLine]:
        """Lines of `nango.log`, each with `level` and `text`."""
        return self._memory.logs

    @property
    def requests(self) -> list[Request]:
        """Everything that was sent, in order; each page is a request."""
        return self._memory.requests

    @property
    def metadata(self) -> dict[str, Any]:
        """The connection's metadata as the script left it."""
        return self._memory.metadata

    @property
    def checkpoint(self) -> dict[str, Any] | None:
        """The checkpoint as the script left it."""
        return self._memory.checkpoint

    @property
    def calls(self) -> list[tuple[str, dict[str, Any]]]:
        """Everything else that it asked for, such as `("action.trigger", {"action": "close", ...})`."""
        return self._memory.calls


class FakeAction(_Fake, NangoAction):
    """A `nango` object for actions and on-event scripts."""

    def run(self, function: Callable[..., Any], input: Any = None) -> Any:
        """Call `run_action` as a dry run would: a model for annotated input, `async` awaited; returns the output."""
        kind = "on-event" if function.__name__ == "on_event" else "action"
        return entry.call(function, kind, self, plain(input, "input"))


class FakeSync(_Fake, NangoSync):
    """A `nango` object for syncs."""

    def run(self, function: Callable[..., Any], payload: Any = None) -> None:
        """Call `fetch_data` as a dry run would, or `on_webhook_payload_received` with a payload."""
        kind = "webhook" if function.__name__ == "on_webhook_payload_received" else "sync"
        entry.call(function, kind, self, plain(payload, "payload"))

    @property
    def saved(self) -> dict[str, list[dict[str, Any]]]:
        """The records of `batch_save` by model, as JSON values."""
        return self._memory.saved

    @property
    def updated(self) -> dict[str, list[dict[str, Any]]]:
        """The records of `batch_update` by model."""
        return self._memory.updated

    @property
    def deleted(self) -> dict[str, list[dict[str, Any]]]:
        """The records of `batch_delete` by model."""
        return self._memory.deleted


def action(
    responses: Responses | None = None,
    *,
    metadata: object = None,
    checkpoint: Mapping[str, Any] | None = None,
    records: Mapping[str, Iterable[object]] | None = None,
    answers: Mapping[str, Any] | None = None,
    **about: Unpack[About],
) -> FakeAction:
    """A `nango` object for an action.

    `records` are what is stored before, by model. `answers` are to questions of the protocol that tests rarely need,
    such as `{"connection.token": "t", "action.trigger": {"output": 1}}`: a value, or a function of the params.
    `about` names the rest of what a script can ask: see About.
    """
    context = _context((), None, about)
    return FakeAction(_channel(context, responses, metadata, checkpoint, records, answers), context)


def sync(
    *outputs: str | type,
    responses: Responses | None = None,
    metadata: object = None,
    last_sync_date: datetime | None = None,
    checkpoint: Mapping[str, Any] | None = None,
    records: Mapping[str, Iterable[object]] | None = None,
    answers: Mapping[str, Any] | None = None,
    **about: Unpack[About],
) -> FakeSync:
    """A `nango` object for a sync that saves these models, given by name or class; the rest is as for `action`."""
    names = tuple(each if isinstance(each, str) else each.__name__ for each in outputs)
    context = _context(names, last_sync_date, about)
    return FakeSync(_channel(context, responses, metadata, checkpoint, records, answers), context)


def _context(outputs: tuple[str, ...], last_sync_date: datetime | None, about: About) -> Context:
    return Context(
        integration=about.get("integration", "integration"),
        connection_id=about.get("connection_id", "connection"),
        provider=about.get("provider", "provider"),
        script="script",
        outputs=outputs,
        last_sync_date=last_sync_date,
        environment=about.get("environment", "dev"),
        variant=about.get("variant", "base"),
    )


def _channel(
    context: Context,
    responses: Responses | None,
    metadata: object,
    checkpoint: Mapping[str, Any] | None,
    records: Mapping[str, Iterable[object]] | None,
    answers: Mapping[str, Any] | None,
) -> MemoryChannel:
    given = {
        "connection.get": {
            "connection_id": context.connection_id,
            "provider_config_key": context.integration,
            "provider": context.provider,
            "connection_config": {},
            "tags": {},
            "errors": [],
            "created_at": None,
        },
        "connection.token": "token",
        "integration.get": {"unique_key": context.integration, "provider": context.provider, "webhook_url": None},
        "variables.get": [],
        "action.trigger": {"output": None},
    }
    return MemoryChannel(
        responses=responses or {},
        metadata=plain(metadata or {}, "metadata"),
        checkpoint=None if checkpoint is None else dict(checkpoint),
        records=plain(records or {}, "records"),
        given={**given, **(answers or {})},
    )
