"""A recording as a file of Nango's: `<integration>/tests/<script>.test.json`, one document for the whole run.

What Nango's own reader does not know stands under `nango-cli`, which it leaves alone.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from nango_cli.environments.exchange import ProxyRequest
from nango_cli.recordings.cassette import Answer, Cassette, Exchange, NoAnswer, Question, Start
from nango_cli.recordings.identity import MOST_DATA, Identity, Pairs, as_text, escaped, identify, own_headers
from nango_cli.recordings.shape import Misshapen
from nango_cli.recordings.suspicion import inner_place
from nango_cli.recordings.unified_shape import OWN, RECORDING

_VERSION = 1
_UNANSWERED = 599  # a status for readers that know nothing of requests without an answer
_MOST_KEPT = 100_000  # characters of a request's body; the digest does for longer ones


def document(cassette: Cassette) -> dict[str, Any]:
    """The recording as a JSON value."""
    api: dict[str, dict[str, list[Any]]] = {}
    for each in cassette.exchanges:
        there = api.setdefault(each.request.method, {})
        there.setdefault(_address(each.request.endpoint), []).append(_entry(each))
    written = {"batchSave": cassette.saved, "batchDelete": cassette.deleted}
    whole: dict[str, Any] = {"input": cassette.start.input, "output": cassette.output}
    return {
        **{name: value for name, value in whole.items() if value is not None},
        "nango": {
            **({"getMetadata": cassette.metadata} if cassette.metadata else {}),
            **{name: batches for name, batches in written.items() if batches},
        },
        "api": {
            method: {endpoint: found[0] if len(found) == 1 else found for endpoint, found in there.items()}
            for method, there in api.items()
        },
        OWN: _own(cassette),
    }


def text(found: Mapping[str, Any]) -> str:
    """A document as it stands in its file: the same run makes the same text."""
    return escaped(json.dumps(found, ensure_ascii=False, indent=2)) + "\n"


def is_recording(found: Any) -> bool:
    return isinstance(found, dict) and isinstance(found.get("api"), dict) and isinstance(found.get("nango"), dict)


def read(found: Mapping[str, Any]) -> Cassette:
    """The recording in a document, Nango's or ours. Raises Misshapen if it is none."""
    RECORDING(found, "$")
    nango, own = found["nango"], found.get(OWN)
    connection = nango.get("getConnection") or {}
    config = connection.get("connection_config") or {}
    return Cassette(
        exchanges=tuple(_exchanges(found["api"])),
        questions=None if own is None else tuple(_asked_question(each) for each in own["asked"]),
        start=_start(found, own or {}),
        retries=True if own is None else own["retries"],
        runs_actions=False if own is None else own["runs_actions"],
        provider=connection.get("provider") or config.get("provider"),
        metadata=nango.get("getMetadata") or connection.get("metadata") or {},
        config=config,
        output=found.get("output"),
        saved=nango.get("batchSave") or {},
        updated=(own or {}).get("batchUpdate") or {},
        deleted=nango.get("batchDelete") or {},
        checkpoint=(own or {}).get("checkpoint_saved"),
    )


def response_of(value: Any, own: Mapping[str, Any], place: str) -> Any:
    """A recorded body as the script saw it. Raises Misshapen for bytes, at a place, that are none."""
    try:
        if own.get("encoding") == "base64":
            return base64.b64decode(value)
        if isinstance(value, dict) and value.keys() == {"type", "data"} and value["type"] == "Buffer":
            return bytes(value["data"])  # as JavaScript writes bytes
    except (TypeError, ValueError) as error:
        raise Misshapen(f"{place} does not hold bytes") from error
    return value


def _own(cassette: Cassette) -> dict[str, Any]:
    start = cassette.start
    own: dict[str, Any] = {
        "version": _VERSION,
        "environment": start.environment,
        "connection": start.connection_id,
        "variant": start.variant,
        "now": _iso(start.now),
        "last_sync_date": _iso(start.last_sync_date),
        "checkpoint": start.checkpoint,
        "checkpoint_saved": cassette.checkpoint,
        "limits": {"pages": start.limit_pages, "records": start.limit_records},
        "retries": cassette.retries,
        "runs_actions": cassette.runs_actions,
        "asked": [_question(each) for each in cassette.questions or ()],
    }
    if start.metadata is not None:
        own["metadata"] = start.metadata
    if start.webhook:
        own["webhook"] = list(start.webhook)
    return {**own, "batchUpdate": cassette.updated} if cassette.updated else own


def _start(found: Mapping[str, Any], own: Mapping[str, Any]) -> Start:
    limits, unknown = own.get("limits") or {}, Start()
    return Start(
        connection_id=own.get("connection") or unknown.connection_id,
        environment=own.get("environment") or unknown.environment,
        variant=own.get("variant") or unknown.variant,
        input=found.get("input"),
        webhook=tuple(own.get("webhook") or ()),
        metadata=own.get("metadata"),
        now=_date(own.get("now")),
        last_sync_date=_date(own.get("last_sync_date")),
        checkpoint=own.get("checkpoint"),
        limit_pages=limits.get("pages"),
        limit_records=limits.get("records"),
    )


def _question(question: Question) -> dict[str, Any]:
    told: dict[str, Any] = {"method": question.method, "params": question.params}
    return {**told, **({"refusal": question.refusal} if question.refusal else {"result": question.result})}


def _asked_question(told: Mapping[str, Any]) -> Question:
    return Question(told["method"], told["params"], told.get("result"), told.get("refusal"))


def _entry(exchange: Exchange) -> dict[str, Any]:
    asked, answer = exchange.request, exchange.answer
    own: dict[str, Any] = {}
    if isinstance(answer, NoAnswer):
        response, status, headers = None, _UNANSWERED, {}
        own["unanswered"] = {"message": answer.message, "help": answer.help, "retryable": answer.retryable}
    else:
        response, status, headers = answer.data, answer.status, dict(answer.headers)
        own["url"] = answer.url
        if isinstance(response, bytes):
            response, own["encoding"] = base64.b64encode(response).decode("ascii"), "base64"
    if asked.data is not None and MOST_DATA < len(asked.data) <= _MOST_KEPT:
        own["data"] = asked.data
    parts = {"params": _object(asked.params), "headers": _object(asked.headers), "data": asked.short_data}
    request = {name: value for name, value in parts.items() if value}
    return {
        "response": response,
        "status": status,
        "headers": headers,
        "hash": exchange.hash,
        "request": request,
        OWN: own,
    }


def _exchanges(api: Mapping[str, Any]) -> Iterable[Exchange]:
    for method, there in api.items():
        for endpoint, found in there.items():
            place = inner_place(inner_place("$.api", method), endpoint)
            for entry in found if isinstance(found, list) else [found]:
                yield _exchange(method, endpoint, entry, place)


def _exchange(method: str, address: str, entry: Mapping[str, Any], place: str) -> Exchange:
    own = entry.get(OWN) or {}
    asked, described = _asked(method, address, entry.get("request"), own), "request" in entry
    hash = entry.get("hash") or asked.hash
    if "unanswered" in own:
        told = own["unanswered"]
        return Exchange(asked, hash, NoAnswer(told["message"], told.get("help"), told["retryable"]), described)
    answer = Answer(
        entry.get("status", 200),
        {name.lower(): str(value) for name, value in (entry.get("headers") or {}).items()},
        response_of(entry.get("response"), own, f"{place}.response"),
        own.get("url"),
    )
    return Exchange(asked, hash, answer, described)


def _asked(method: str, address: str, request: Mapping[str, Any] | None, own: Mapping[str, Any]) -> Identity:
    """A query may stand in the address, too."""
    plain = identify(ProxyRequest("", "", method, address))
    given = request or {}
    data = own.get("data", given.get("data"))
    return Identity(
        method=method.lower(),
        endpoint=plain.endpoint,
        params=tuple(sorted([*plain.params, *_pairs(given.get("params"))])),
        headers=own_headers(_pairs(given.get("headers"))),
        data=as_text(data),
    )


def _pairs(found: Any) -> Pairs:
    """Names and values, of an object or of a list of pairs; a name with several values holds a list."""
    pairs = found.items() if isinstance(found, Mapping) else found or ()
    return tuple(
        (str(name), each if isinstance(each, str) else json.dumps(each))
        for name, value in pairs
        for each in (value if isinstance(value, list) else [value])
    )


def _object(pairs: Pairs) -> dict[str, str | list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _address(endpoint: str) -> str:
    return endpoint if "://" in endpoint else f"/{endpoint}"


def _iso(date: datetime | None) -> str | None:
    return date.isoformat() if date else None


def _date(text: str | None) -> datetime | None:
    """Without a time zone it is UTC."""
    found = datetime.fromisoformat(text) if text else None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found
