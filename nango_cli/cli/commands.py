"""The commands, by name. Each lives in a module of its own that is imported when the command is called."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A command: its module below nango_cli.cli, which has a function of the module's name, and what it does.

    A `group` has commands of its own; its module has a Typer application of the module's name.
    """

    module: str
    help: str
    group: bool = False


COMMANDS: dict[str, Entry] = {
    "init": Entry("init", "Start a project that works: a sync, an action, and a sample API to run them against."),
    "create": Entry("create", "Add a sync, an action or an on-event script: its files and its entry in nango.yaml."),
    "check": Entry("check", "Report what is wrong with nango.yaml and with scripts, and where."),
    "generate": Entry("generate", "Write models and schemas from nango.yaml."),
    "generate:docs": Entry(
        "generate_docs", "Write a page of documentation for every sync and action, from nango.yaml."
    ),
    "generate:tests": Entry("generate_tests", "Write a pytest module for every script that has a recording."),
    "compile": Entry("compile", "Generate models.py and check that every script can be run."),
    "dev": Entry("dev", "Do what compile does, again after every change."),
    "dryrun": Entry("dryrun", "Run a script against a real connection without saving anything."),
    "test": Entry("run_tests", "Replay the recordings of scripts and run their tests, with pytest."),
    "integration": Entry(
        "integration", "Set up integrations: which providers, by which OAuth applications.", group=True
    ),
    "connection": Entry("connection", "Look at, make and delete connections: accounts at providers.", group=True),
    "env": Entry("env", "List, set and remove the environment variables that scripts see.", group=True),
    "provider": Entry("provider", "Look at the providers that integrations can be set up for.", group=True),
    "records": Entry("records", "Look at the records that dry runs with --state kept, or a server.", group=True),
    "runs": Entry("runs", "Look at the dry runs that were remembered, and compare them.", group=True),
    "state": Entry("state", "Show or reset what syncs remember from run to run.", group=True),
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
