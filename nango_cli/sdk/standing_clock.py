"""Gives a script a clock that stands still while its run is recorded or replayed, so that it asks for the same again.

`datetime.now`, `date.today` and `time.time` tell when the recorded run began, and move on by what the script sleeps.
`time.monotonic` and `time.perf_counter` go on: they tell no date.
"""

from __future__ import annotations

import asyncio
import copyreg
import datetime
import time
from collections.abc import Callable
from typing import Any

from pydantic_core import core_schema

import nango_cli.sdk.pydantic_model  # noqa: F401 - so that pydantic knows the classes of Python

_Date = datetime.date
_Datetime = datetime.datetime


class _Clock:
    def __init__(self, now: float, waits: bool) -> None:
        self.now = now
        self.waits = waits


_clock = _Clock(0.0, True)


class _Standing(type):
    """What Python itself makes is an instance of ours too."""

    def __instancecheck__(cls, instance: object) -> bool:
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass: type) -> bool:
        return type.__subclasscheck__(cls, subclass) or issubclass(subclass, _STOOD_IN.get(cls, ()))


class _StandingDatetime(datetime.datetime, metaclass=_Standing):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Any:
        return _Datetime.fromtimestamp(_clock.now, tz)

    @classmethod
    def utcnow(cls) -> Any:
        return _Datetime.fromtimestamp(_clock.now, datetime.UTC).replace(tzinfo=None)

    today = now

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Callable[[Any], Any]) -> Any:
        return core_schema.datetime_schema()


class _StandingDate(datetime.date, metaclass=_Standing):
    @classmethod
    def today(cls) -> Any:
        return _Date.fromtimestamp(_clock.now)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Callable[[Any], Any]) -> Any:
        return core_schema.date_schema()


def install(now: datetime.datetime, *, waits: bool) -> None:
    """Stop the clocks of everything that is imported from here on."""
    _clock.now, _clock.waits = now.timestamp(), waits
    sleep, sleep_async = time.sleep, asyncio.sleep

    def stand(seconds: float) -> None:
        sleep(seconds if waits else min(seconds, 0))  # which refuses less than nothing
        _clock.now += seconds

    async def stand_async(delay: float, result: Any = None) -> Any:
        await sleep_async(delay if waits else 0)
        _clock.now += delay
        return result

    replaced: list[tuple[object, dict[str, object]]] = [
        (datetime, {"datetime": _StandingDatetime, "date": _StandingDate}),
        (asyncio, {"sleep": stand_async}),
        (
            time,
            {
                "sleep": stand,
                "time": lambda: _clock.now,
                "time_ns": lambda: round(_clock.now * 1_000_000_000),
                "localtime": _by_default(time.localtime),
                "gmtime": _by_default(time.gmtime),
            },
        ),
    ]
    for module, names in replaced:
        for name, value in names.items():
            setattr(module, name, value)


def _by_default(tell: Callable[[float], time.struct_time]) -> Callable[..., time.struct_time]:
    def told(seconds: float | None = None) -> time.struct_time:
        return tell(_clock.now if seconds is None else seconds)

    return told


def _rebuilt(is_datetime: bool, state: tuple[Any, ...]) -> Any:
    return (_Datetime if is_datetime else _Date)(*state)


_STOOD_IN: dict[type, type] = {_StandingDatetime: _Datetime, _StandingDate: _Date}
for _standing, _real in _STOOD_IN.items():  # so that both can be pickled, and shown, under the one name
    _standing.__module__, _standing.__qualname__, _standing.__name__ = "datetime", _real.__name__, _real.__name__
copyreg.pickle(_Datetime, lambda moment: (_rebuilt, (True, moment.__reduce_ex__(2)[1])))
copyreg.pickle(_Date, lambda day: (_rebuilt, (False, day.__reduce_ex__(2)[1])))
