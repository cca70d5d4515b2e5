"""How the tests of each script went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from nango_cli.testing.selection import Suite

Test = Mapping[str, Any]

_SHOWN = ("id", "outcome", "duration_ms", "message", "diagnostics", "differences")


class Went(NamedTuple):
    """A script's tests as they went; `status` says what became of them."""

    suite: Suite
    tests: Sequence[Test]

    @property
    def status(self) -> str:
        """`passed`, `failed`, `skipped` where all were, `not run` where none was, `no tests` where there is none."""
        if not self.tests:
            return "not run" if self.suite.files else "no tests"
        return status(self.tests)

    def told(self) -> dict[str, Any]:
        """For programs."""
        tests = [shown(each) for each in self.tests]
        return {
            "integration": self.suite.integration,
            "script": self.suite.script,
            "status": self.status,
            "tests": tests,
        }


def status(tests: Iterable[Test]) -> str:
    outcomes = {each["outcome"] for each in tests}
    return "failed" if outcomes & {"failed", "error"} else "passed" if "passed" in outcomes else "skipped"


def shown(test: Test) -> dict[str, Any]:
    """What programs get to know of a test."""
    told = {name: test[name] for name in _SHOWN if name in test}
    return {**told, "duration_ms": round(test["duration_ms"])}


def told(went: Sequence[Went], others: Sequence[Test]) -> dict[str, Any]:
    """All of it for programs; `other` are the tests of no script, `rewritten` the recordings that were."""
    every = [*others, *(test for each in went for test in each.tests)]
    return {
        "scripts": [each.told() for each in went],
        "other": [shown(each) for each in others],
        "rewritten": sorted({path for each in every for path in each.get("rewritten", ())}),
    }


def by_script(suites: Sequence[Suite], tests: Sequence[Test], root: Path) -> tuple[list[Went], list[Test]]:
    """The tests of each script, and those of none: its file says which script a test is of, else what it replays.

    A file may be named after several scripts.
    """
    owners: dict[Path, list[str]] = {}
    for each in suites:
        for file in each.files:
            owners.setdefault((root / file).resolve(), []).append(each.name)
    found: dict[str, list[Test]] = {each.name: [] for each in suites}
    others: list[Test] = []
    for test in tests:
        named = owners.get(Path(test["path"]).resolve(), [])
        name = named[0] if len(named) == 1 else next(iter(test.get("scripts", ())), "")
        found.get(name, others).append(test)
    return [Went(each, found[each.name]) for each in suites], others
