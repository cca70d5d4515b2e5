"""The commands, by name. Each lives in a module of its own that is imported when the command is called."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A command: its module below nango_cli.cli, which has a function of the module's name, and what it does."""

    module: str
    help: str


COMMANDS: dict[str, Entry] = {
    "check": Entry("check", "Report what is wrong with nango.yaml, and where."),
    "generate": Entry("generate", "Write models.py from nango.yaml."),
    "dryrun": Entry("dryrun", "Run a sync or an action without saving anything."),
    "explain": Entry("explain", "Explain a diagnostic code, or list them all."),
    "version": Entry("version", "Print the version."),
}

ALIASES: dict[str, str] = {
    "scc": "check",
    "sync:config.check": "check",
}
