"""Tells another process how tests end: a line of JSON for each as it ends, and one for the end of all."""

from __future__ import annotations

import ctypes
import json
import signal
import sys
from pathlib import Path
from typing import Any

_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG
END = "end"
INTERRUPTED = "interrupted"


class Reporter:
    """A plugin of pytest. What a test replayed is under `nango` in its reports, also in those of other processes."""

    def __init__(self, file: Path, root: Path) -> None:
        self._file = file.open("w", encoding="utf-8")
        self._root = root
        self._known: dict[str, dict[str, Any]] = {}
        self._end = END

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Put together what setup, call and teardown came to; a test whose process died has one report alone."""
        test = self._known.setdefault(report.nodeid, self._test(report.nodeid))
        test["duration_ms"] += report.duration * 1000
        if report.outcome != "passed" and test["outcome"] == "passed":
            test["outcome"] = "error" if report.failed and report.when in ("setup", "teardown") else report.outcome
            test["message"] = _message(report.longrepr)
        test |= json.loads(getattr(report, "nango", "{}"))
        if report.when not in ("setup", "call"):
            self._write(self._known.pop(report.nodeid))

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self._write({**self._test(report.nodeid), "outcome": "error", "message": _message(report.longrepr)})

    def pytest_keyboard_interrupt(self, excinfo: Any) -> None:
        if excinfo.type is KeyboardInterrupt:  # and not a class of pytest's that says there is no use in going on
            self._end = INTERRUPTED

    def pytest_sessionfinish(self) -> None:
        self._write({END: self._end})
        self._file.close()

    def _test(self, id: str) -> dict[str, Any]:
        path = str(self._root / id.partition("::")[0])
        return {"id": id, "path": path, "outcome": "passed", "duration_ms": 0.0, "message": None}

    def _write(self, line: dict[str, Any]) -> None:
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()


def follow_parent() -> None:
    """Be interrupted from here on, where pytest knows what to do with it, and end with whoever started us."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGTERM)


def _message(shown: Any) -> str:
    """What is said of a failure or of a test that was skipped, without where it was said."""
    crash = getattr(shown, "reprcrash", None)
    return str(shown[2] if isinstance(shown, tuple) else crash.message if crash else shown)
