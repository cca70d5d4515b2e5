"""The pytest plugin: recordings are tests, and `nango_replay` replays one in a test that is written by hand.

It is loaded in every run of pytest where nango-cli is installed, so whatever replays is imported where it is needed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from nango_cli.testing.replay import Replayed
    from nango_cli.testing.trial import Trial

_SUFFIX = ".test.json"
_LEFT_OUT: Any = object()
_TRIAL: pytest.StashKey[Trial] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("nango", "recordings of nango-cli")
    help = "take over what comes of replays as what is expected of the next"
    group.addoption("--nango-update", action="store_true", help=help)
    help = "end a replay after so long (default: that of nango.toml, or 120)"
    group.addoption("--nango-timeout", metavar="SECONDS", type=_seconds, help=help)
    group.addoption("--nango-report", help=argparse.SUPPRESS)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < float("inf"):
        raise ValueError
    return seconds


def pytest_configure(config: pytest.Config) -> None:
    file = config.getoption("nango_report")
    if file and not hasattr(config, "workerinput"):  # one process tells of the tests of all
        from nango_cli.testing.reporter import Reporter, follow_parent

        config.pluginmanager.register(Reporter(Path(file), config.rootpath), "nango-report")
        follow_parent()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    root = file_path.parent.parent.parent
    if not file_path.name.endswith(_SUFFIX) or not (root / "nango.yaml").is_file():
        return None
    from nango_cli.testing.collection import is_test

    if not is_test(file_path, root, named=parent.session.isinitpath(file_path)):
        return None
    file: pytest.Collector = RecordingFile.from_parent(parent, path=file_path)
    return file


class RecordingFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        yield RecordingItem.from_parent(self, name=self.path.name.removesuffix(_SUFFIX))


class RecordingItem(pytest.Item):
    """Replays a recording and compares what comes of it with what was recorded."""

    def runtest(self) -> None:
        from nango_cli.testing.failure import Foreign

        try:
            _trial(self).of_recording(self.path)
        except Foreign:
            pytest.skip("not a recording")

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, self.name

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        from nango_cli.testing.failure import Failed

        return excinfo.value.text if isinstance(excinfo.value, Failed) else super().repr_failure(excinfo, style)


@pytest.fixture
def nango_replay(request: pytest.FixtureRequest) -> NangoReplay:
    """Replays a recording: that of the module's name, or one at a path from the module."""
    return NangoReplay(request)


class NangoReplay:
    """What `nango_replay` is in a test."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._request = request

    def __call__(
        self,
        recording: str | None = None,
        *,
        input: Any = _LEFT_OUT,
        metadata: Any = _LEFT_OUT,
        checkpoint: Any = _LEFT_OUT,
        last_sync_date: Any = _LEFT_OUT,
    ) -> Replayed:
        """Replay a recording, with values in the place of those that the recorded run started from; None is for none.

        The test fails, with diagnostics and no traceback, if the script does.
        """
        from nango_cli.testing.failure import Failed

        options = {"input": input, "metadata": metadata, "checkpoint": checkpoint, "last_sync_date": last_sync_date}
        given = {name: value for name, value in options.items() if value is not _LEFT_OUT}
        try:
            return _trial(self._request.node).of_module(self._request.path, recording, given)
        except Failed as error:
            text = error.text
        pytest.fail(text, pytrace=False)

    def __repr__(self) -> str:
        return "<nango_replay>"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Note what was replayed, as JSON, in which it reaches the process that reports."""
    trial = item.stash.get(_TRIAL, None)
    if trial is None:
        return (yield)
    names = (("nango", each) for each in dict.fromkeys(trial.scripts))
    item.user_properties += [each for each in names if each not in item.user_properties]
    report = yield
    report.nango = json.dumps(trial.told())
    return report


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """What differs, where a test asserts that a result equals the recorded one."""
    comparison: Any = sys.modules.get("nango_cli.recordings.comparison")
    if op != "==" or comparison is None or not all(isinstance(each, comparison.Result) for each in (left, right)):
        return None
    before, after = (left, right) if left.is_recorded else (right, left)  # type: ignore[attr-defined]  # see above
    return ["the run is not as recorded", *comparison.lines(comparison.compare(before, after))]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reports = (each for reports in terminalreporter.stats.values() for each in reports)
    told = [json.loads(each.nango) for each in reports if hasattr(each, "nango")]
    for path in sorted({path for each in told for path in each["rewritten"]}):
        terminalreporter.write_line(f"rewrote {path}")


def _trial(item: pytest.Item) -> Trial:
    if _TRIAL not in item.stash:
        from nango_cli.testing.trial import Trial

        update = item.config.getoption("nango_update")
        seconds = item.config.getoption("nango_timeout")
        item.stash[_TRIAL] = Trial(item.config.invocation_params.dir, update=update, seconds=seconds)
    return item.stash[_TRIAL]
