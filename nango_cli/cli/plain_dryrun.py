"""Command lines of `nango dryrun` that are easily read: values as words of their own, no numbers, nothing wrong.

What an option means is said in `dryrun.py`; a test reads every one of these options by both. Whatever else stands on a
command line is for Typer, which takes as long to load as a small project takes to compile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nango_cli.cli.format import RunFormat
from nango_cli.cli.rehearsal import Rehearsal

VALUES = {
    "-e": "environment",
    "--environment": "environment",
    "--integration-id": "integration",
    "-i": "input",
    "--input": "input",
    "-m": "metadata",
    "--metadata": "metadata",
    "-c": "checkpoint",
    "--checkpoint": "checkpoint",
    "-l": "last_sync_date",
    "--lastSyncDate": "last_sync_date",
    "--last-sync-date": "last_sync_date",
    "--variant": "variant",
    "--webhook": "webhook",
    "--as-of": "as_of",
    "-C": "directory",
    "--directory": "directory",
    "--format": "format",
}
FLAGS: Mapping[str, Mapping[str, bool]] = {
    "--state": {"state": True},
    "--no-state": {"state": False},
    "--resume": {"resume": True},
    "--fresh": {"resume": False},
    "--validate": {"validate": True},
    "--validation": {"validate": True},
    "--read-only": {"read_only": True},
    "--sandbox": {"sandbox": True},
    "--no-sandbox": {"sandbox": False},
    "--diagnostics": {"diagnostics": True},
    "--debug-http": {"debug_http": True},
    "--debug": {"debug_http": True},
    "--no-interactive": {"interactive": False},
    "--auto-confirm": {"interactive": False},
    "--no-dependency-update": {},
}


def read(arguments: Sequence[str]) -> Rehearsal | None:
    """What follows `nango dryrun`; None for what Typer should read, or refuse."""
    given: dict[str, Any] = {}
    names = iter(("name", "connection"))
    words = iter(arguments)
    for word in words:
        if word in FLAGS:
            given.update(FLAGS[word])
            continue
        field = VALUES.get(word)
        if field is not None:
            word = next(words, "-")
        elif not word.startswith("-"):
            field = next(names, None)
        if field is None or word.startswith("-"):
            return None
        given[field] = word
    if "directory" in given:
        given["directory"] = Path(given["directory"])
    if "format" in given:
        if given["format"] not in list(RunFormat):
            return None
        given["format"] = RunFormat(given["format"])
    return Rehearsal(**given)
