"""The shape of a recording as a file of Nango's, with what stands under `nango-cli`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nango_cli.recordings.shape import (
    Shape,
    anything,
    date,
    either,
    flag,
    many,
    maybe,
    members,
    named,
    number,
    pair,
    text,
)

OWN = "nango-cli"

OBJECT = named(anything)
PAIRS = maybe(either(many(pair), OBJECT))
CONNECTION = maybe(
    members(
        {
            "provider": maybe(text),
            "metadata": maybe(OBJECT),
            "connection_config": maybe(members({"provider": maybe(text)})),
        }
    )
)

_BATCHES = maybe(named(many(anything)))
_NO_ANSWER = members({"message": text, "help": maybe(text), "retryable": flag}, "message", "retryable")
_ENTRY = members(
    {
        "status": number,
        "headers": maybe(OBJECT),
        "hash": maybe(text),
        "request": maybe(members({"params": PAIRS, "headers": PAIRS})),
        OWN: maybe(members({"unanswered": _NO_ANSWER, "url": maybe(text)})),
    }
)
_REFUSAL = members({"code": text, "message": text, "help": maybe(text)}, "code", "message")
_QUESTION = members({"method": text, "params": OBJECT, "refusal": maybe(_REFUSAL)}, "method", "params")
_PAGE = members({"records": many(OBJECT), "next_cursor": maybe(text)}, "records", "next_cursor")
_CONNECTION = members(
    {
        **dict.fromkeys(("id", "integration", "provider"), text),
        **dict.fromkeys(("metadata", "config", "tags"), OBJECT),
        "errors": maybe(many(OBJECT)),
        "created_at": maybe(text),
    },
    *("id", "integration", "provider"),
)
_RESULTS: Mapping[str, Shape] = {
    "connection": _CONNECTION,
    "credentials": members({"credentials": OBJECT}, "credentials"),
    "integration": OBJECT,
    "variables": many(OBJECT),
    "records.get": named(OBJECT),
    "records.read": _PAGE,
}


def _question(value: Any, place: str) -> None:
    _QUESTION(value, place)
    if value.get("refusal") is None:
        _RESULTS.get(value["method"], anything)(value.get("result"), f"{place}.result")


_OWN = members(
    {
        **dict.fromkeys(("environment", "connection", "variant"), maybe(text)),
        **dict.fromkeys(("now", "last_sync_date"), maybe(date)),
        **dict.fromkeys(("checkpoint", "checkpoint_saved", "metadata"), maybe(OBJECT)),
        "limits": maybe(members(dict.fromkeys(("pages", "records"), maybe(number)))),
        **dict.fromkeys(("retries", "runs_actions"), flag),
        "asked": many(_question),
        "webhook": maybe(many(anything)),
        "batchUpdate": _BATCHES,
    },
    *("asked", "retries", "runs_actions"),
)
RECORDING = members(
    {
        "api": named(named(either(many(_ENTRY), _ENTRY))),
        "nango": members(
            {"getConnection": CONNECTION, "getMetadata": maybe(OBJECT), "batchSave": _BATCHES, "batchDelete": _BATCHES}
        ),
        OWN: maybe(_OWN),
    },
    *("api", "nango"),
)
