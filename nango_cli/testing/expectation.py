"""Takes over what came of a replay as what is expected of the next."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nango_cli.recordings import splice, suspicion
from nango_cli.recordings.cassette import Batches
from nango_cli.recordings.comparison import Part, Result, compare
from nango_cli.recordings.unified_shape import OWN
from nango_cli.testing import recorded
from nango_cli.testing.replay import Replayed
from nango_cli.workspace import Workspace

_PLACES: Mapping[Part, tuple[str, ...]] = {
    "saved": ("nango", "batchSave"),
    "deleted": ("nango", "batchDelete"),
    "updated": (OWN, "batchUpdate"),
    "output": ("output",),
    "checkpoint": (OWN, "checkpoint_saved"),
}
_FOLLOWING: Mapping[Part, str] = {"saved": "batchDelete", "output": "nango"}


def take_over(folder: Workspace, file: Path, run: Replayed) -> bool:
    """Rewrite what came of the run in its recording, and no other character; whether there was anything to rewrite.

    Raises RunError NG611 where a secret would be written, FileError where the file cannot be.
    """
    text = recorded.text_of(file, folder.cwd)
    found = json.loads(text)
    parts: list[Part] = list(dict.fromkeys(each.part for each in compare(run.recorded, run.result)))
    for part in parts:
        path, value = _PLACES[part], _value(part, run.result, found)
        if value is None and part != "checkpoint":
            text = splice.remove(text, path)
        else:
            text = splice.put(text, path, value, before=_FOLLOWING.get(part))
    if parts:
        suspicion.check(json.loads(text))
        recorded.save(folder, Path(os.path.relpath(file, folder.root)).as_posix(), text)
    return bool(parts)


def _value(part: Part, result: Result, found: Mapping[str, Any]) -> Any:
    """What a recording holds of a part; None for nothing."""
    match part:
        case "saved":
            return _kept(result.saved, found["nango"].get("batchSave"), found)
        case "deleted":
            return _kept(result.deleted, found["nango"].get("batchDelete"), found)
        case "updated":
            return result.updated or None
        case "output":
            return result.output
        case "checkpoint":
            return result.checkpoint


def _kept(batches: Batches, before: Batches | None, found: Mapping[str, Any]) -> Batches | None:
    """Recordings of other tools list models without records only where they did before."""
    known = batches if OWN in found else before or {}
    return {model: records for model, records in batches.items() if records or model in known} or None
