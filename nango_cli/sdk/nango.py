"""The object a script is given. Every method asks the host, which holds the credentials and the records."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar, overload

from nango_cli.sdk import errors
from nango_cli.sdk.channel import Channel
from nango_cli.sdk.models import as_model
from nango_cli.sdk.plain import pack_body, plain, unpack_body
from nango_cli.sdk.requests import Method, OnPage, ProxyConfiguration, Response, configuration, pagination

M = TypeVar("M")
Request = ProxyConfiguration | Mapping[str, Any]
Level = Literal["debug", "info", "warn", "error"]

_LEVELS: dict[str, Level] = {
    "debug": "debug",
    "info": "info",
    "warn": "warn",
    "error": "error",
    # Python's name, and those of Nango's older logger
    "warning": "warn",
    "http": "info",
    "verbose": "debug",
    "silly": "debug",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What a run is about; `outputs` are the models that a sync may save."""

    integration: str
    connection_id: str
    provider: str
    script: str
    outputs: tuple[str, ...] = ()
    last_sync_date: datetime | None = None


class NangoAction:
    """Requests, metadata and logs, for actions and everything else."""

    ActionError = errors.ActionError

    def __init__(self, channel: Channel, context: Context) -> None:
        self._channel = channel
        self._context = context

    @property
    def connection_id(self) -> str:
        return self._context.connection_id

    @property
    def provider_config_key(self) -> str:
        """The integration's name in nango.yaml."""
        return self._context.integration

    @property
    def provider(self) -> str:
        return self._context.provider

    def proxy(self, config: Request) -> Response:
        """Send a request to the provider; GET unless it says otherwise. Raises HttpError outside 200-299."""
        answer = self._channel.call("proxy", _request(configuration(config)))
        return Response(unpack_body(answer["body"]), answer["status"], answer["headers"])

    def get(self, config: Request) -> Response:
        return self._send("GET", config)

    def post(self, config: Request) -> Response:
        return self._send("POST", config)

    def put(self, config: Request) -> Response:
        return self._send("PUT", config)

    def patch(self, config: Request) -> Response:
        return self._send("PATCH", config)

    def delete(self, config: Request) -> Response:
        return self._send("DELETE", config)

    def paginate(self, config: Request) -> Iterator[list[Any]]:
        """Yield the items of one page after the other, by the provider's way of paging or by `paginate`."""
        request = configuration(config)
        settings = pagination(request.paginate)
        on_page = settings.pop("on_page", None)
        params = {**_request(request), "paginate": settings, "with_response": on_page is not None}
        pages = self._channel.call("paginate.open", params)["pages"]
        while page := self._channel.call("paginate.next", {"pages": pages}):
            yield page["items"]
            if on_page is not None:
                answer = page["response"]
                response = Response(unpack_body(answer["body"]), answer["status"], answer["headers"])
                on_page(OnPage(page["next"], response))

    def log(self, *values: object, level: str = "info") -> None:
        """Write a line: text as it is, everything else as JSON. Levels: debug, info, warn, error."""
        if level not in _LEVELS:
            raise errors.SdkError(f"there is no log level {level!r}", help="levels: debug, info, warn, error")
        self._channel.call("log", {"level": _LEVELS[level], "text": " ".join(_text(value) for value in values)})

    def get_connection(self) -> dict[str, Any]:
        """The connection: `connection_id`, `provider_config_key`, `provider`, `metadata`. Never its credentials."""
        connection: dict[str, Any] = self._channel.call("connection.get", {})
        return connection

    @overload
    def get_metadata(self) -> dict[str, Any]: ...
    @overload
    def get_metadata(self, model: type[M]) -> M: ...
    def get_metadata(self, model: type[M] | None = None) -> M | dict[str, Any]:
        """The connection's metadata, as an instance of `model` when one is given."""
        metadata: dict[str, Any] = self.get_connection()["metadata"]
        return metadata if model is None else as_model(model, metadata, "the connection's metadata")

    def _send(self, method: Method, config: Request) -> Response:
        return self.proxy(dataclasses.replace(configuration(config), method=method))


class NangoSync(NangoAction):
    """Records too: a sync saves what it fetched."""

    @property
    def last_sync_date(self) -> datetime | None:
        """When the sync last ran to its end; None for the first time. Incremental syncs ask for what is newer."""
        return self._context.last_sync_date

    def batch_save(self, records: Iterable[object], model: str | type | None = None) -> None:
        """Add records, or replace those with the same `id`. `model` may be left out if the sync has one output."""
        self._write("records.save", records, model)

    def batch_update(self, records: Iterable[object], model: str | type | None = None) -> None:
        """Change the given fields of records that are there already."""
        self._write("records.update", records, model)

    def batch_delete(self, records: Iterable[object], model: str | type | None = None) -> None:
        """Delete records; only their `id` counts."""
        self._write("records.delete", records, model)

    def _write(self, method: str, records: Iterable[object], model: str | type | None) -> None:
        if isinstance(records, Mapping | str) or not isinstance(records, Iterable) or hasattr(records, "model_dump"):
            raise errors.SdkError(f"records come as a list, not as one {type(records).__name__}")
        name = self._output(model)
        rows = [plain(record, f"records[{index}]") for index, record in enumerate(records)]
        if rows:
            self._channel.call(method, {"model": name, "records": rows})

    def _output(self, model: str | type | None) -> str:
        outputs = self._context.outputs
        if model is None:
            if len(outputs) == 1:
                return outputs[0]
            help = "pass one of them: " + ", ".join(outputs) if outputs else "declare `output` in nango.yaml"
            count = f"has {len(outputs)} outputs" if outputs else "has no output"
            raise errors.SdkError(f"the sync `{self._context.script}` {count}", help=help)
        name = model if isinstance(model, str) else model.__name__
        if name not in outputs:
            help = "its outputs: " + ", ".join(outputs) if outputs else "declare `output` in nango.yaml"
            raise errors.SdkError(f"`{name}` is not an output of the sync `{self._context.script}`", help=help)
        return name


def _request(config: ProxyConfiguration) -> dict[str, Any]:
    return {
        "method": config.method or "GET",
        "endpoint": config.endpoint,
        "params": plain(config.params, "params"),
        "headers": plain(config.headers, "headers"),
        "body": pack_body(config.data),
        "retries": config.retries,
        "retry_on": list(config.retry_on),
        "base_url_override": config.base_url_override,
        "decompress": config.decompress,
    }


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}"
    try:
        import json

        return json.dumps(plain(value, "value"), ensure_ascii=False)
    except errors.SdkError:
        return repr(value)
