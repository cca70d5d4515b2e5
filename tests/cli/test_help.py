"""Help texts are golden; the root's is also what `nango --help` prints without loading anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nango_cli.cli import app
from nango_cli.cli.commands import COMMANDS
from nango_cli.resources import read_text

REFERENCE_HEAD = """\
# The command line

Every command takes `--format json` and answers with one JSON object: `version` (of this envelope, 1), `command`, `ok`,
`exit_code`, `summary` (numbers of errors, warnings and notes), `diagnostics`, and `data`, which is the command's own.
Within a version keys are added, never changed. Results go to stdout, remarks to stderr; nothing asks a question unless
a person sits at a terminal.

| exit status | meaning |
| --- | --- |
| 0 | nothing wrong |
| 1 | errors found, or the script failed |
| 2 | bad usage |
| 3 | the world failed: a file, the network, an environment |
| 4 | data that does not fit its model: records, an input, an output, metadata |
| 5 | not found: a script, its file, an integration or a connection |
| 70 | a bug of ours; it leaves a log file to report |
| 130 | interrupted |
| 141 | whoever read the output went away |

| environment variable | meaning |
| --- | --- |
| `NO_COLOR` | no colour, whatever else is set |
| `FORCE_COLOR` | colour, also where nothing shows it |
| `CI` | nobody is asked anything, not even at a terminal |
| `NANGO_HOSTPORT` | the server's address, `https://api.nango.dev` if not set |
| `NANGO_SECRET_KEY_<ENVIRONMENT>`, `NANGO_SECRET_KEY` | the key: `NANGO_SECRET_KEY_DEV` for `-e dev`, else the other |
| `NANGO_VARIABLE_<NAME>` | on `local`, what `nango.get_environment_variables()` shows a script |
| `XDG_STATE_HOME` | where log files of bugs go, below `nango-cli`; `~/.local/state` if not set |

The `NANGO_` variables may also stand in a `.env` beside nango.yaml or in the current folder; those of the process win.
"""

HELP = Path(app.__file__).with_name("help.txt")


def test_root_help_is_what_the_command_line_says(nango, golden, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    golden(HELP, _help(nango, monkeypatch))


def _below(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A command's path, and those of the commands below it."""
    yield path
    for name, each in getattr(command, "commands", {}).items():
        yield from _below(each, (*path, name))


def _paths() -> list[tuple[str, ...]]:
    return [path for name in COMMANDS for path in _below(app.load(name), (name,))]


def _golden_file(path: tuple[str, ...]) -> Path:
    return Path(__file__).parent / "help" / f"{'-'.join(path).replace(':', '-')}.txt"


@pytest.mark.parametrize("path", _paths(), ids=" ".join)
def test_command_help(path, nango, golden, monkeypatch):
    text = _help(nango, monkeypatch, *path)
    golden(_golden_file(path), text)
    first = text.split("\n\n")[1].strip()
    if len(path) == 1:
        assert first == COMMANDS[path[0]].help, "the first sentence is the one in the list of commands"
    if "\nCommands:\n" not in text:
        shown = " ".join(path)
        assert f"Example:\n    nango {shown}" in text or f"Example:\n  nango {shown}" in text


def test_the_reference_of_the_command_line_is_their_help(golden):
    """docs/reference/cli.md is made of the help texts; it is rewritten with them."""
    parts = [REFERENCE_HEAD, f"```console\n$ nango --help\n{read_text('help.txt')}```\n"]
    for path in _paths():
        name, marks = " ".join(path), "#" * (len(path) + 1)
        parts.append(
            f"{marks} nango {name}\n\n```console\n$ nango {name} --help\n{_golden_file(path).read_text()}```\n"
        )
    golden(Path(__file__).parents[2] / "docs" / "reference" / "cli.md", "\n".join(parts))


def test_no_arguments_is_bad_usage_with_the_help(nango):
    result = nango()
    assert (result.status, result.out) == (2, "")
    assert result.err == read_text("help.txt")


def _help(nango, monkeypatch, *arguments):
    """What `--help` prints; Typer prints it on the process's stdout."""
    import contextlib
    import io

    monkeypatch.setenv("COLUMNS", "100")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        result = nango(*arguments, "--help")
    assert result.status == 0
    return printed.getvalue()
