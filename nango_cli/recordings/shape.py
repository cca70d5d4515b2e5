"""The shapes of JSON values: they are looked at before anything is made of a value, so what is wrong has a place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from nango_cli.recordings.suspicion import inner_place

Shape = Callable[[Any, str], None]
"""Raises Misshapen for a value, at a place such as `$.api`, that is not like this."""


class Misshapen(ValueError):
    """Says which place holds something else than belongs there; `file` is that within a tree of files."""

    def __init__(self, message: str, file: str = "") -> None:
        super().__init__(message)
        self.file = file


def anything(value: Any, place: str) -> None:
    """Whatever JSON can say."""


def text(value: Any, place: str) -> None:
    _expect(isinstance(value, str), place, "text")


def number(value: Any, place: str) -> None:
    _expect(type(value) is int, place, "a whole number")


def flag(value: Any, place: str) -> None:
    _expect(isinstance(value, bool), place, "true or false")


def date(value: Any, place: str) -> None:
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError):
        _expect(False, place, "a date")


def pair(value: Any, place: str) -> None:
    _expect(isinstance(value, list) and len(value) == 2 and isinstance(value[0], str), place, "a name and a value")


def maybe(shape: Shape) -> Shape:
    """The shape, or null."""

    def check(value: Any, place: str) -> None:
        if value is not None:
            shape(value, place)

    return check


def either(listed: Shape, single: Shape) -> Shape:
    """One shape for lists, and one for everything else."""

    def check(value: Any, place: str) -> None:
        shape = listed if isinstance(value, list) else single
        shape(value, place)

    return check


def many(item: Shape) -> Shape:
    """A list."""

    def check(value: Any, place: str) -> None:
        _expect(isinstance(value, list), place, "a list")
        for index, each in enumerate(value):
            item(each, f"{place}[{index}]")

    return check


def named(item: Shape) -> Shape:
    """An object with any names."""

    def check(value: Any, place: str) -> None:
        _expect(isinstance(value, dict), place, "an object")
        for name, each in value.items():
            item(each, inner_place(place, name))

    return check


def members(known: Mapping[str, Shape], *needed: str) -> Shape:
    """An object with these members, of which some are `needed`; it may have others."""

    def check(value: Any, place: str) -> None:
        _expect(isinstance(value, dict), place, "an object")
        for name in needed:
            if name not in value:
                raise Misshapen(f"{place} has no `{name}`")
        for name, shape in known.items():
            if name in value:
                shape(value[name], inner_place(place, name))

    return check


def _expect(fits: bool, place: str, what: str) -> None:
    if not fits:
        raise Misshapen(f"{'it' if place == '$' else place} is not {what}")
