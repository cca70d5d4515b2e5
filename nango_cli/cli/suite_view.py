"""How the tests of each script went, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from nango_cli.cli.console import Console

if TYPE_CHECKING:
    from nango_cli.testing.selection import Suite
    from nango_cli.testing.summary import Test, Went

_STYLES = {"passed": "32", "failed": "31"}


def show(console: Console, went: Sequence[Went], others: Sequence[Test]) -> None:
    """A line for each script, and one for the tests of none."""
    rows = list(_rows(went, others))
    width = max((len(name) for name, _, _ in rows), default=0)
    console.out("")
    for name, status, more in rows:
        console.out(f"{name:<{width}}  {console.paint(f'{status:<8}', _STYLES.get(status, '33'))}  {more}".rstrip())


def how_to_record(script: str) -> str:
    return f"nango dryrun {script} CONNECTION --save"


def how_to_begin(suite: Suite) -> str:
    """What to do for a script without tests."""
    if suite.in_mocks:
        return "make a test of what is recorded in mocks: nango generate:tests"
    return f"record a run: {how_to_record(suite.script)}"


def _rows(went: Sequence[Went], others: Sequence[Test]) -> Iterator[tuple[str, str, str]]:
    from nango_cli.testing import summary

    for each in went:
        begin = "nango generate:tests" if each.suite.in_mocks else how_to_record(each.suite.script)
        more = _numbers(each.tests) if each.tests else "" if each.suite.files else begin
        yield each.suite.name, each.status, more
    if others:
        yield "other tests", summary.status(others), _numbers(others)


def _numbers(tests: Sequence[Test]) -> str:
    from nango_cli.cli.run_report import counted

    failed = sum(each["outcome"] in ("failed", "error") for each in tests)
    told = f"{failed} of {counted(len(tests), 'test')}" if failed else counted(len(tests), "test")
    return f"{told}, {sum(each['duration_ms'] for each in tests) / 1000:.2f} s"
