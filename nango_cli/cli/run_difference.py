"""How two runs differ that were remembered, or recorded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nango_cli.environments.store import change
from nango_cli.environments.store.runs import Runs
from nango_cli.errors import FileError, UsageError
from nango_cli.recordings.cassette import Cassette
from nango_cli.recordings.comparison import Difference, changed_fields, compare, result_of
from nango_cli.recordings.place import MOCKS
from nango_cli.recordings.replay import NotRecorded
from nango_cli.testing import recorded
from nango_cli.workspace import Workspace

_LONGEST_NUMBER = 18  # digits, which stores can count to


def are_recordings(before: str, after: str) -> bool:
    """Whether these name two recordings, rather than two runs. Raises UsageError NG801 for one of each."""
    numbers = [each.isdecimal() and len(each) <= _LONGEST_NUMBER for each in (before, after)]
    if any(numbers) and not all(numbers):
        help = "name two runs as `nango runs list` numbers them, or two files such as github/tests/issues.test.json"
        raise UsageError("a run cannot be compared with a recording", help=help)
    return not any(numbers)


def of_recordings(cwd: Path, before: str, after: str) -> list[Difference]:
    """Raises FileError NG002 for what is no recording."""
    old, new = (result_of(_recording(cwd, name)) for name in (before, after))
    return compare(old, new)


def of_runs(runs: Runs, before: int, after: int) -> list[Difference]:
    return [found for each in change.compare(runs.changes(before), runs.changes(after)) for found in _of_record(each)]


def _of_record(each: change.Difference) -> Iterator[Difference]:
    old = each.before.record if each.before else None
    new = each.after.record if each.after else None
    if old is None and new is None:  # one run deleted it, the other did not touch it
        yield Difference("added" if each.after else "missing", "deleted", each.model, each.id, {}, None, None)
    elif old is None or new is None:
        yield Difference("added" if old is None else "missing", "saved", each.model, each.id, {}, old, new)
    elif fields := changed_fields(old, new):
        yield Difference("changed", "saved", each.model, each.id, fields, old, new)


def _recording(cwd: Path, name: str) -> Cassette:
    path = cwd / name
    mocks = next((folder for folder in path.parents if folder.name == MOCKS), None)
    try:
        if path.is_dir() and mocks:
            script = path.relative_to(mocks).as_posix()
            return recorded.find(Workspace(cwd, cwd), "", script, "base", str(mocks)).cassette
        if path.is_file():
            return recorded.find(Workspace(cwd, cwd), "", path.name, "base", name).cassette
    except (NotRecorded, OSError):  # OSError: the name is too long
        pass
    help = "name a file such as github/tests/issues.test.json, or a folder such as github/mocks/issues"
    raise FileError(f"there is no recording at {name}", help=help)
