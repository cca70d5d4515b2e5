"""Takes over what came of a replay as what is expected of the next."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, assert_never

from nango_cli.recordings import suspicion, unified
from nango_cli.recordings.cassette import Batches
from nango_cli.recordings.comparison import compare
from nango_cli.testing import recorded
from nango_cli.testing.replay import Replayed
from nango_cli.workspace import Workspace


def take_over(folder: Workspace, file: Path, run: Replayed) -> bool:
    """Rewrite what came of the run in its recording, and nothing else; whether there was anything to rewrite.

    Raises RunError NG611 where a secret would be written, FileError where the file cannot be.
    """
    parts = {each.part for each in compare(run.recorded, run.result)}
    if not parts:
        return False
    found = recorded.document(file, folder.cwd)
    for part in parts:
        match part:
            case "saved":
                _put(found["nango"], "batchSave", run.result.saved)
            case "deleted":
                _put(found["nango"], "batchDelete", run.result.deleted)
            case "updated":
                _put(found[unified.OWN], "batchUpdate", run.result.updated)
            case "checkpoint":
                found[unified.OWN]["checkpoint_saved"] = run.result.checkpoint
            case "output":
                found = _with_output(found, run.result.output)
            case _:
                assert_never(part)
    suspicion.check(found)
    recorded.save(folder, Path(os.path.relpath(file, folder.root)).as_posix(), unified.text(found))
    return True


def _with_output(found: dict[str, Any], output: Any) -> dict[str, Any]:
    """The document with the output where `unified.document` puts it; without one if it is None."""
    given = {} if output is None else {"output": output}
    if output is not None and "output" in found:
        return {**found, **given}
    first = {"input": found["input"]} if "input" in found else {}
    return {**first, **given, **{name: each for name, each in found.items() if name not in ("input", "output")}}


def _put(found: dict[str, Any], name: str, batches: Batches) -> None:
    """Models without records stay where they were listed before, and nowhere else."""
    before = found.get(name) or {}
    kept = {model: records for model, records in batches.items() if records or model in before}
    if kept:
        found[name] = kept
    else:
        found.pop(name, None)
