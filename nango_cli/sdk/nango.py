"""The object a script is given. Every method asks the host, which holds the credentials and the records."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from nango_cli.sdk import errors
from nango_cli.sdk.connection import ConnectionPart
from nango_cli.sdk.log import LogPart
from nango_cli.sdk.models import as_model, problems
from nango_cli.sdk.proxy import Proxy
from nango_cli.sdk.records import RecordReader, RecordWriter
from nango_cli.sdk.state import StatePart
from nango_cli.sdk.trigger import TriggerPart

M = TypeVar("M")


class NangoAction(Proxy, ConnectionPart, RecordReader, StatePart, TriggerPart, LogPart):
    """What an action is given, and an on-event script: requests, the connection, records to read, logs and more."""

    ActionError = errors.ActionError

    @property
    def connection_id(self) -> str:
        """Whose account the run is for."""
        return self._context.connection_id

    @property
    def provider_config_key(self) -> str:
        """The integration's name in nango.yaml."""
        return self._context.integration

    @property
    def provider(self) -> str:
        """The API behind the integration, as in `github`."""
        return self._context.provider

    @property
    def environment_name(self) -> str:
        """The environment that the run belongs to, as in `dev`."""
        return self._context.environment

    @property
    def variant(self) -> str:
        """The sync's variant: `base` unless it has several."""
        return self._context.variant

    def validate_input(self, model: type[M], input: object) -> M:
        """An instance of a model. If the input does not fit, logs each problem as an error and raises ActionError."""
        found = problems(model, input)
        if found:
            for path, message in found:
                self.log(f"{'.'.join(['input', *path])}: {message}", level="error")
            listed = [{"path": ".".join(path), "message": message} for path, message in found]
            raise errors.ActionError({"message": "Invalid input provided", "problems": listed})
        return as_model(model, input, "the input", "NG603")


class NangoSync(RecordWriter, NangoAction):
    """What a sync is given: all that an action is, and records to write."""

    @property
    def last_sync_date(self) -> datetime | None:
        """When the sync last ran to its end; None for the first time. Incremental syncs ask for what is newer."""
        return self._context.last_sync_date
