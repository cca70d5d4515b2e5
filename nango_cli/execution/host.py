"""Answers what a guest asks while its script runs."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Iterator
from typing import Any, Literal, cast

from nango_cli.environments.environment import Connection, Logs, ProxyRequest, ProxyResponse
from nango_cli.execution.event import Event, LogLine
from nango_cli.execution.paginate import Page, pages
from nango_cli.execution.pagination import PaginationError, pagination
from nango_cli.execution.provider import HttpFailure, Provider
from nango_cli.execution.saving import Operation, Saving
from nango_cli.runners.protocol import Answer, Body, ProxyParams
from nango_cli.runners.pump import Refused


class Host:
    """One run's answers. Calling it answers one question; what happened is in `provider` and `saving`."""

    def __init__(
        self, provider: Provider, saving: Saving, logs: Logs, script: str, listen: Callable[[Event], None]
    ) -> None:
        self.provider = provider
        self.saving = saving
        self._logs = logs
        self._script = script
        self._listen = listen
        self._pages: dict[int, tuple[Iterator[Page], bool]] = {}
        self._handles = itertools.count(1)
        self._answers: dict[str, Callable[[dict[str, Any]], Any]] = {
            "proxy": self._proxy,
            "paginate.open": self._open_pages,
            "paginate.next": self._next_page,
            "records.save": lambda params: self._write("save", params),
            "records.update": lambda params: self._write("update", params),
            "records.delete": lambda params: self._write("delete", params),
            "connection.get": lambda params: self._connection(self.provider.connection),
            "log": self._log,
        }

    def __call__(self, method: str, params: dict[str, Any]) -> Any:
        answer = self._answers.get(method)
        if answer is None:
            raise Refused(f"nango does not know `{method}`", {"kind": "refused", "help": "update nango-cli"})
        try:
            return answer(params)
        except HttpFailure as failure:
            raise _http_refusal(failure) from failure
        except PaginationError as error:
            raise Refused(error.message, {"kind": "refused", "help": error.help}) from error

    def _proxy(self, params: dict[str, Any]) -> Answer:
        return _answer(self.provider.fetch(self._request(params)))

    def _open_pages(self, params: dict[str, Any]) -> dict[str, int]:
        how = pagination(self.provider.connection.provider, params["paginate"])
        numbers = itertools.count(1)
        found = pages(self._request(params), how, lambda request: self.provider.fetch(request, next(numbers)))
        handle = next(self._handles)
        self._pages[handle] = (found, params["with_response"])
        return {"pages": handle}

    def _next_page(self, params: dict[str, Any]) -> dict[str, Any] | None:
        found, with_response = self._pages.get(params["pages"], (iter(()), False))
        page = next(found, None)
        if page is None:
            self._pages.pop(params["pages"], None)
            return None
        answer: dict[str, Any] = {"items": page.items, "next": page.next}
        if with_response:
            answer["response"] = _answer(page.response)
        return answer

    def _write(self, operation: Operation, params: dict[str, Any]) -> None:
        self.saving.write(operation, params["model"], params["records"])

    def _connection(self, connection: Connection) -> dict[str, Any]:
        return {
            "connection_id": connection.id,
            "provider_config_key": connection.integration,
            "provider": connection.provider,
            "metadata": dict(connection.metadata),
        }

    def _log(self, params: dict[str, Any]) -> None:
        connection = self.provider.connection
        level: Literal["debug", "info", "warn", "error"] = params["level"]
        self._listen(LogLine(level, params["text"]))
        self._logs.log(connection.integration, connection.id, self._script, level, params["text"])

    def _request(self, params: dict[str, Any]) -> ProxyRequest:
        given = cast(ProxyParams, params)
        connection = self.provider.connection
        _check(given)
        return ProxyRequest(
            integration=connection.integration,
            connection_id=connection.id,
            method=given["method"].upper(),
            endpoint=given["endpoint"],
            params=given["params"],
            headers={name: str(value) for name, value in given["headers"].items()},
            data=_unpack(given["body"]),
            base_url_override=given["base_url_override"],
            decompress=given["decompress"],
            retries=given["retries"],
            retry_on=tuple(given["retry_on"]),
        )


def _check(given: ProxyParams) -> None:
    """Say what no environment could send."""
    problem = None
    if not isinstance(given["endpoint"], str) or not given["endpoint"]:
        problem = ("`endpoint` is not text", "it continues the provider's base URL, as in `/users`")
    elif given["method"].upper() not in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        problem = (f"there is no method {given['method']!r}", "methods: GET, POST, PUT, PATCH, DELETE")
    elif isinstance(given["params"], str) and given["params"] and "?" in given["endpoint"]:
        problem = ("parameters stand both in `endpoint` and in `params`", "pass them in `params` only")
    elif not isinstance(given["retries"], int) or given["retries"] < 0:
        problem = (f"`retries` cannot be {given['retries']!r}", "it counts the attempts after the first")
    elif not all(isinstance(status, int) for status in given["retry_on"]):
        problem = ("`retry_on` holds something that is not a status", "it is a list such as [409, 423]")
    if problem:
        raise Refused(problem[0], {"kind": "refused", "help": problem[1]})


def _answer(response: ProxyResponse) -> Answer:
    return {"status": response.status, "headers": dict(response.headers), "body": _pack(response.data)}


def _http_refusal(failure: HttpFailure) -> Refused:
    response = failure.response
    return Refused(
        str(failure),
        {
            "kind": "http",
            "method": failure.method,
            "path": failure.path,
            "status": response.status,
            "headers": dict(response.headers),
            "body": _pack(response.data),
        },
    )


def _pack(data: Any) -> Body | None:
    if data is None:
        return None
    if isinstance(data, bytes):
        return {"kind": "base64", "value": base64.b64encode(data).decode("ascii")}
    return {"kind": "text" if isinstance(data, str) else "json", "value": data}


def _unpack(body: Body | None) -> Any:
    if body is None:
        return None
    return base64.b64decode(body["value"]) if body["kind"] == "base64" else body["value"]
