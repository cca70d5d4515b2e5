"""Finds what a run was told when it asked for anything but a request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nango_cli.errors import EnvironmentFailure
from nango_cli.recordings.cassette import Question
from nango_cli.recordings.identity import compact

MISSING = object()


class Questions:
    """The same question gets its answers one after the other, then the last again."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self._groups: dict[str, list[Question]] = {}
        self._given: dict[str, int] = {}
        for each in questions:
            self._groups.setdefault(_key(each.method, each.params), []).append(each)

    def next(self, method: str, params: Mapping[str, Any]) -> Any:
        """MISSING when it was not recorded. Raises EnvironmentFailure where the environment did."""
        key = _key(method, params)
        group, given = self._groups.get(key), self._given.get(key, 0)
        if group is None:
            return MISSING
        self._given[key] = given + 1
        found = group[min(given, len(group) - 1)]
        if found.refusal is not None:
            refusal = found.refusal
            raise EnvironmentFailure(refusal["message"], code=refusal["code"], help=refusal.get("help"))
        return found.result


def _key(method: str, params: Mapping[str, Any]) -> str:
    return compact([method, sorted(params.items())])
