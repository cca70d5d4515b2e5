"""Everything that one test replays, and what is told of it."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.diagnostics.render.json_report import to_json
from nango_cli.errors import NangoError
from nango_cli.recordings.comparison import Difference, compare, lines
from nango_cli.testing import case
from nango_cli.testing.case import Case
from nango_cli.testing.expectation import take_over
from nango_cli.testing.failure import Failed, Foreign
from nango_cli.testing.replay import Replayed, replay
from nango_cli.testing.replaying import started


class Trial:
    """`cwd` is where the user stands. With `update`, what comes of a replay is taken over as what is expected. A replay
    ends after `seconds`, or as `replay` has it.

    `scripts` are those that were replayed, as `integration/script`.
    """

    def __init__(self, cwd: Path, *, update: bool, seconds: float | None = None) -> None:
        self.scripts: list[str] = []
        self._cwd = cwd
        self._update = update
        self._seconds = seconds
        self._rewritten: list[str] = []
        self._found: list[Diagnostic] = []
        self._differences: list[Difference] = []

    def of_recording(self, file: Path) -> None:
        """Replay a recording. Raises Foreign, and Failed, also where something else comes of it than was recorded."""
        with self._noting():
            which = case.of_recording(file, self._cwd)
            self._run(which, {})
            if self._differences:
                raise Failed([_unlike(which, self._differences)], {})

    def of_module(self, module: Path, recording: str | None, given: Mapping[str, Any]) -> Replayed:
        """Replay the recording at a path from a test module, or the module's own. Raises Failed.

        `given` takes the place of what the recorded run started from, as `started` takes it.
        """
        with self._noting():
            return self._run(case.of_module(module, recording, self._cwd), given)

    def told(self) -> dict[str, Any]:
        """JSON for a report: the scripts, the recordings that were rewritten, what is wrong and what is different."""
        return {
            "scripts": self.scripts,
            "rewritten": self._rewritten,
            "diagnostics": [to_json(each) for each in self._found],
            "differences": [each._asdict() for each in self._differences],
        }

    def _run(self, which: Case, given: Mapping[str, Any]) -> Replayed:
        project, owner, recorded = which
        self.scripts.append(owner.name)
        start = started(owner.script, recorded.cassette.start, given)
        run = replay(project, owner, recorded, start, self._seconds)
        if given:
            return run
        if self._update and recorded.file and take_over(project.workspace, recorded.file, run):
            self._rewritten.append(recorded.path)
            return replace(run, recorded=run.result)
        self._differences += compare(run.recorded, run.result)
        if self._update and self._differences:
            raise Failed([_unlike(which, self._differences)], {})
        return run

    @contextlib.contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except NangoError as error:
            failed = Failed([Diagnostic(error.code, "error", error.message, help=error.help)], {})
            self._found += failed.found
            raise failed from error
        except Failed as error:
            self._found += error.found
            raise
        except Foreign:
            raise
        except Exception as error:  # a bug of ours
            failed = Failed([_bug(error)], {})
            self._found += failed.found
            raise failed from error


def _bug(error: Exception) -> Diagnostic:
    """Where it happened in our code, without the values of whoever tests."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    message = f"this is a bug in nango-cli ({type(error).__name__})"
    return Diagnostic("NG901", "error", message, help=f"please report it: it happened in {place}, in {frame.name}")


def _unlike(which: Case, differences: list[Difference]) -> Diagnostic:
    message = f"the run of `{which.owner.script.name.value}` is not as recorded in {which.recorded.path}"
    help = "if it should be like this now, `nango test --update` takes it over"
    if which.recorded.file is None:
        help = "a tree of files is never rewritten: record the run again with `nango dryrun --save`"
    return Diagnostic("NG613", "error", "\n".join([message, *lines(differences)]), help=help)
