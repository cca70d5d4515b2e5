"""Puts values into the text of a JSON object, and leaves every other character as it is. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from nango_cli.recordings.identity import escaped

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")


class _Member(NamedTuple):
    """Where a member of an object stands in the text: from `start`, where its name begins, to `end`."""

    name: str
    start: int
    colon: int
    value: int
    end: int


class _Layout(NamedTuple):
    """`unit` is a step of indentation, None where all stands in one line; `colon` has the spaces around it."""

    newline: str
    unit: str | None
    colon: str

    @property
    def comma(self) -> str:
        return ", " if self.unit is None and self.colon.endswith(" ") else ","

    def gap(self, lead: str) -> str:
        """What goes before a member in a line with this indentation."""
        return "" if self.unit is None else self.newline + lead

    def json(self, value: Any, lead: str) -> str:
        """A value as it stands behind a name in a line with this indentation."""
        separators = self.comma, self.colon
        text = escaped(json.dumps(value, ensure_ascii=False, indent=self.unit, separators=separators))
        return text.replace("\n", self.newline + lead)


def put(text: str, path: Sequence[str], value: Any, before: str | None = None) -> str:
    """The text with a value at a path of names; what leads there are objects, of which the outermost is not empty.

    A member that is not there yet is put before the one of that name, else at the end.
    """
    layout, opening = _layout(text), _opening(text, path[:-1])
    there = {each.name: each for each in _members(text, opening)}  # of several with one name, the last counts
    if own := there.get(path[-1]):
        return text[: own.value] + layout.json(value, _lead(text, own.start)) + text[own.end :]
    outer = _lead(text, opening)
    lead = _lead(text, next(iter(there.values())).start) if there else outer + (layout.unit or "")
    member = json.dumps(path[-1], ensure_ascii=False) + layout.colon + layout.json(value, lead)
    if following := there.get(before or ""):
        return text[: following.start] + member + layout.comma + layout.gap(lead) + text[following.start :]
    if there:
        end = max(each.end for each in there.values())
        return text[:end] + layout.comma + layout.gap(lead) + member + text[end:]
    closing = text.index("}", opening)
    return text[: opening + 1] + layout.gap(lead) + member + layout.gap(outer) + text[closing:]


def remove(text: str, path: Sequence[str]) -> str:
    """The text without any member at a path of names; what leads there are objects."""
    opening = _opening(text, path[:-1])
    there = list(_members(text, opening))
    for number, each in reversed(list(enumerate(there))):
        if each.name == path[-1]:
            last = number == len(there) - 1
            start = there[number - 1].end if last and number else opening + 1 if last else each.start
            end = there[number + 1].start if not last else each.end if number else text.index("}", each.end)
            return remove(text[:start] + text[end:], path)
    return text


def _opening(text: str, path: Sequence[str]) -> int:
    """Where the object at a path begins."""
    place = _after_space(text, 0)
    for name in path:
        place = {each.name: each.value for each in _members(text, place)}[name]
    return place


def _members(text: str, opening: int) -> Iterator[_Member]:
    start = _after_space(text, opening + 1)
    while text[start] == '"':
        name, colon = _DECODER.raw_decode(text, start)
        value = _after_space(text, _after_space(text, colon) + 1)
        _, end = _DECODER.raw_decode(text, value)
        yield _Member(name, start, colon, value, end)
        following = _after_space(text, end)
        start = _after_space(text, following + 1) if text[following] == "," else following


def _layout(text: str) -> _Layout:
    """That of the outermost object, as its first member has it."""
    opening = _after_space(text, 0)
    first = next(_members(text, opening))
    gap = text[opening + 1 : first.start]
    unit = gap.rpartition("\n")[2] if "\n" in gap else None
    return _Layout("\r\n" if "\r\n" in gap else "\n", unit, text[first.colon : first.value])


def _lead(text: str, place: int) -> str:
    """The indentation of the line of a place."""
    line = text.rfind("\n", 0, place) + 1
    return text[line : min(place, _after_space(text, line))]


def _after_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place
