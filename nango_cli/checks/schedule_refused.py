"""Servers read fewer schedules than Nango's CLI: no weeks, years, milliseconds or fractions."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.checks.accepted import SCHEDULE
from nango_cli.checks.rule import problem, syncs
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.ir.project import Project

CODE = "NG327"

MINIMUM_SECONDS = 30

_UNITS = {"day": 86_400, "hour": 3600, "minute": 60, "second": 1}


def check(project: Project) -> Iterator[Diagnostic]:
    for sync in syncs(project):
        schedule = sync.schedule
        # A schedule that nobody accepts is already reported.
        if schedule is None or schedule.value.seconds < MINIMUM_SECONDS or SCHEDULE.fullmatch(schedule.value.text):
            continue
        message = f"servers refuse the schedule `{schedule.value.text}`"
        yield problem(CODE, message, schedule.span, help=f"write `{accepted(schedule.value.seconds)}`")


def accepted(seconds: float) -> str:
    """The schedule that servers accept for an interval: to the second, or to the day if it is longer than a month."""
    whole = round(seconds)
    if whole > 31 * _UNITS["day"]:
        whole = round(whole / _UNITS["day"]) * _UNITS["day"]
    for unit, size in _UNITS.items():
        if whole % size == 0:
            amount = whole // size
            return f"every {amount} {unit}{'s' if amount > 1 else ''}"
    raise AssertionError("every whole number is a number of seconds")
