"""Finds the recorded answer to a request."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from nango_cli.recordings.cassette import Answer, Exchange, NoAnswer
from nango_cli.recordings.identity import Identity, Pairs
from nango_cli.recordings.scrub import STAND_IN

_NEW_EACH_TIME = ("idempotency-key", "x-idempotency-key", "x-request-id", "x-correlation-id", "traceparent")
_SPLIT = re.compile(rf"{STAND_IN}\d+")


class Answers:
    """The answers of a recording. Requests with the same hash get theirs one after the other, then the last again."""

    def __init__(self, exchanges: Iterable[Exchange]) -> None:
        self._groups: dict[tuple[bool, str, str, str], list[Exchange]] = {}
        self._given: dict[tuple[bool, str, str, str], int] = {}
        for each in exchanges:
            request = each.request
            self._groups.setdefault((each.described, request.method, request.endpoint, each.hash), []).append(each)

    @property
    def requests(self) -> list[Identity]:
        """One of each kind that was recorded."""
        return [group[0].request for group in self._groups.values()]

    def next(self, asked: Identity) -> Answer | NoAnswer | None:
        """By hash; else by what was sent, a scrubbed secret being like any; else the only one that is known by address.

        None when nothing of the kind was recorded.
        """
        key = self._key(asked)
        if key is None:
            return None
        group, given = self._groups[key], self._given.get(key, 0)
        self._given[key] = given + 1
        return group[min(given, len(group) - 1)].answer

    def _key(self, asked: Identity) -> tuple[bool, str, str, str] | None:
        exact = (True, asked.method, asked.endpoint, asked.hash)
        if exact in self._groups:
            return exact
        there = [key for key in self._groups if key[1] == asked.method and alike(key[2], asked.endpoint)]
        fitting = [key for key in there if key[0] and _same(self._groups[key][0].request, asked)]
        if fitting:
            fresh = (key for key in fitting if self._given.get(key, 0) < len(self._groups[key]))
            return next(fresh, fitting[-1])
        return there[0] if len(there) == 1 and not there[0][0] and not asked.params else None


def alike(recorded: str, asked: str) -> bool:
    """Whether two texts are the same, where a stand-in may stand for any."""
    if recorded == asked or STAND_IN not in recorded:
        return recorded == asked
    return re.fullmatch(".+".join(map(re.escape, _SPLIT.split(recorded))), asked, re.DOTALL) is not None


def _same(recorded: Identity, asked: Identity) -> bool:
    return (
        _alike_pairs(recorded.params, asked.params)
        and _alike_pairs(_lasting(recorded.headers), _lasting(asked.headers))
        and _alike_data(recorded.data, asked)
    )


def _lasting(headers: Pairs) -> Pairs:
    """Without those that scripts make up for every request."""
    return tuple(pair for pair in headers if pair[0] not in _NEW_EACH_TIME and not pair[0].endswith("signature"))


def _alike_pairs(recorded: Pairs, asked: Pairs) -> bool:
    return len(recorded) == len(asked) and all(
        name == other and alike(value, given) for (name, value), (other, given) in zip(recorded, asked, strict=True)
    )


def _alike_data(recorded: str | None, asked: Identity) -> bool:
    if recorded is None or asked.data is None:
        return recorded == asked.data
    if recorded in (asked.short_data, asked.data) or alike(recorded, asked.data):
        return True
    try:
        return _alike_json(json.loads(recorded), json.loads(asked.data))
    except ValueError:
        return False


def _alike_json(recorded: Any, asked: Any) -> bool:
    if isinstance(recorded, str) and isinstance(asked, str):
        return alike(recorded, asked)
    if isinstance(recorded, Mapping) and isinstance(asked, Mapping):
        return recorded.keys() == asked.keys() and all(_alike_json(recorded[key], asked[key]) for key in recorded)
    if isinstance(recorded, list) and isinstance(asked, list):
        return len(recorded) == len(asked) and all(map(_alike_json, recorded, asked))
    return bool(recorded == asked)
