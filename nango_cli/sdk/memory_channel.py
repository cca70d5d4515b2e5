"""A host in memory: answers what a test gave it, and remembers what a script did."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nango_cli.sdk import codec
from nango_cli.sdk.errors import HttpError, SdkError
from nango_cli.sdk.plain import pack_body, plain, unpack_body
from nango_cli.sdk.requests import Response

_PAGE = 100  # records


@dataclass(frozen=True, slots=True)
class Request:
    """What a script sent; `endpoint` is the URL for `uncontrolled_fetch`."""

    method: str
    endpoint: str
    params: dict[str, Any] | str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    data: Any = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """`level` is debug, info, warn or error."""

    level: str
    text: str


Responses = Mapping[str, Any] | Callable[[Request], Any]


@dataclass
class MemoryChannel:
    """Values that a script hands over are turned into JSON and back, as they are on the way to a real host."""

    responses: Responses
    metadata: dict[str, Any]
    checkpoint: dict[str, Any] | None
    records: dict[str, list[dict[str, Any]]]
    given: dict[str, Any]
    """Answers to the questions that are not answered here, by method."""
    saved: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    updated: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    deleted: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    logs: list[LogLine] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._turns: dict[str, Iterator[Any]] = {}
        self._pages: dict[int, Iterator[dict[str, Any]]] = {}
        self._tracked: dict[str, int] = {}
        self._locks: set[str] = set()

    def call(self, method: str, params: dict[str, Any]) -> Any:
        params = codec.decode(codec.encode(params))
        answer = getattr(self, "_" + method.replace(".", "_"), None)
        if answer is not None:
            return answer(params)
        self.calls.append((method, params))
        given = self.given.get(method)
        return given(params) if callable(given) else given

    def _proxy(self, params: dict[str, Any]) -> dict[str, Any]:
        return _packed(_successful(*self._respond(params, params["endpoint"])))

    def _fetch(self, params: dict[str, Any]) -> dict[str, Any]:
        return _packed(self._respond(params, params["url"])[1])

    def _paginate_open(self, params: dict[str, Any]) -> dict[str, Any]:
        handle = len(self._pages) + 1
        self._pages[handle] = self._page_after_page(params)
        return {"pages": handle}

    def _paginate_next(self, params: dict[str, Any]) -> dict[str, Any] | None:
        return next(self._pages[params["pages"]], None)

    def _page_after_page(self, params: dict[str, Any]) -> Iterator[dict[str, Any]]:
        request = self._sent(params, params["endpoint"])
        answers = self._answers(request)
        body: Any = None
        for number, answer in enumerate(answers if isinstance(answers, tuple) else (answers,)):
            if number:
                params = _next(params, body)
                self._sent(params, params["endpoint"])
            response = _successful(request, _response(answer))
            body = items = response.data
            for part in (params["paginate"].get("response_path") or "").split(".") if items is not None else ():
                items = items.get(part, []) if part and isinstance(items, dict) else items
            if not isinstance(items, list):
                help = "give a list, or the body that `response_path` finds one in; several pages are a tuple of them"
                raise SdkError(f"the answer to {request.method} {request.endpoint} is not a page of items", help=help)
            yield {"items": items, "next": None, "response": _packed(response)}

    def _respond(self, params: dict[str, Any], endpoint: str) -> tuple[Request, Response]:
        request = self._sent(params, endpoint)
        answers = self._answers(request)
        if isinstance(answers, tuple):
            name = f"{request.method} {request.endpoint}"
            turns = self._turns.setdefault(name, iter(answers))
            try:
                answers = next(turns)
            except StopIteration:
                raise SdkError(f"the test has no further answer to {name}") from None
        return request, _response(answers)

    def _sent(self, params: dict[str, Any], endpoint: str) -> Request:
        body = unpack_body(params["body"])
        request = Request(params["method"].upper(), endpoint, params.get("params"), params["headers"], body)
        self.requests.append(request)
        return request

    def _answers(self, request: Request) -> Any:
        if callable(self.responses):
            return self.responses(request)
        name = _name(request.method, request.endpoint)
        for key, answer in self.responses.items():
            if _name(*key.partition(" ")[::2]) == name:
                return answer
        help = "give `responses={" + f'"{request.method} {request.endpoint}": ...' + "}`"
        raise SdkError(f"the test has no answer to {request.method} {request.endpoint}", help=help)

    def _connection_get(self, params: dict[str, Any]) -> Any:
        return {**self.given["connection.get"], "metadata": self.metadata}

    def _metadata_set(self, params: dict[str, Any]) -> None:
        self.metadata = params["metadata"]

    def _metadata_update(self, params: dict[str, Any]) -> None:
        self.metadata = {**self.metadata, **params["metadata"]}

    def _checkpoint_get(self, params: dict[str, Any]) -> dict[str, Any] | None:
        return self.checkpoint

    def _checkpoint_save(self, params: dict[str, Any]) -> None:
        self.checkpoint = params["checkpoint"]

    def _checkpoint_clear(self, params: dict[str, Any]) -> None:
        self.checkpoint = None

    def _records_save(self, params: dict[str, Any]) -> None:
        self.saved.setdefault(params["model"], []).extend(params["records"])

    def _records_update(self, params: dict[str, Any]) -> None:
        self.updated.setdefault(params["model"], []).extend(params["records"])

    def _records_delete(self, params: dict[str, Any]) -> None:
        self.deleted.setdefault(params["model"], []).extend(params["records"])

    def _records_get(self, params: dict[str, Any]) -> dict[str, Any]:
        stored = {str(record["id"]): record for record in self.records.get(params["model"], ())}
        return {"records": {id: stored[id] for id in params["ids"] if id in stored}}

    def _records_list(self, params: dict[str, Any]) -> dict[str, Any]:
        start = int(params["cursor"] or 0)
        stored = self.records.get(params["model"], [])
        end = start + _PAGE
        return {"records": stored[start:end], "next_cursor": str(end) if end < len(stored) else None}

    def _deletes_start(self, params: dict[str, Any]) -> None:
        self._tracked[params["model"]] = len(self.saved.get(params["model"], ()))

    def _deletes_end(self, params: dict[str, Any]) -> dict[str, Any]:
        model = params["model"]
        if model not in self._tracked:
            raise SdkError(f"`track_deletes_start` was not called for {model}")
        seen = {str(each["id"]) for each in itertools.islice(self.saved.get(model, ()), self._tracked.pop(model), None)}
        gone = [str(record["id"]) for record in self.records.get(model, ()) if str(record["id"]) not in seen]
        return {"deleted_keys": gone}

    def _lock_acquire(self, params: dict[str, Any]) -> bool:
        free = params["key"] not in self._locks
        self._locks.add(params["key"])
        return free

    def _lock_release(self, params: dict[str, Any]) -> bool:
        held = params["key"] in self._locks
        self._locks.discard(params["key"])
        return held

    def _lock_release_all(self, params: dict[str, Any]) -> None:
        self._locks.clear()

    def _log(self, params: dict[str, Any]) -> None:
        self.logs.append(LogLine(params["level"], params["text"]))


def _next(params: dict[str, Any], body: Any) -> dict[str, Any]:
    """What asks for the page after the one with this body, if the script said how its provider's cursor is called."""
    settings, given = params["paginate"], params["params"] or {}
    for part in settings.get("cursor_path_in_response", "").split("."):
        body = body.get(part) if isinstance(body, dict) else None
    name = settings.get("cursor_name_in_request")
    if name is None or body is None or isinstance(given, str) or settings.get("in_body"):
        return params
    return {**params, "params": {**given, name: body}}


def _name(method: str, endpoint: str) -> tuple[str, str]:
    return method.upper(), endpoint.strip().lstrip("/")


def _response(answer: Any) -> Response:
    if isinstance(answer, BaseException):
        raise answer
    return answer if isinstance(answer, Response) else Response(plain(answer, "response"))


def _successful(request: Request, response: Response) -> Response:
    if not 200 <= response.status < 300:
        raise HttpError(request.method, request.endpoint, response)
    return response


def _packed(response: Response) -> dict[str, Any]:
    return {"status": response.status, "headers": dict(response.headers), "body": pack_body(response.data)}
