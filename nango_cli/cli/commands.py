"""The commands, by name. Each lives in a module of its own that is imported when the command is called."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A command: its module below nango_cli.cli, which has a function of the module's name, and what it does."""

    module: str
    help: str


COMMANDS: dict[str, Entry] = {
    "init": Entry("init", "Start a project that works: a sync, an action, and a sample API to run them against."),
    "create": Entry("create", "Add a sync, an action or an on-event script: its files and its entry in nango.yaml."),
    "check": Entry("check", "Report what is wrong with nango.yaml, and where."),
    "generate": Entry("generate", "Write models and schemas from nango.yaml."),
    "compile": Entry("compile", "Generate models.py and check that every script can be run."),
    "dev": Entry("dev", "Do what compile does, again after every change."),
    "dryrun": Entry("dryrun", "Run a sync or an action without saving anything."),
    "explain": Entry("explain", "Explain a diagnostic code, or list them all."),
    "schema": Entry("schema", "Print the JSON Schema of nango.yaml, for editors."),
    "doctor": Entry("doctor", "Show what is installed, which environment variables are seen, and what is missing."),
    "completion": Entry(
        "completion", "Print a script that completes commands, options, scripts and connections in a shell."
    ),
    "version": Entry("version", "Print the version."),
}

ALIASES: dict[str, str] = {
    "scc": "check",
    "sync:config.check": "check",
}
