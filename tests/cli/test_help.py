"""Help texts are golden; the root's is also what `nango --help` prints without loading anything."""

from __future__ import annotations

from pathlib import Path

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
| 70 | a bug of ours; it leaves a log file to report |
| 130 | interrupted |
| 141 | whoever read the output went away |

| environment variable | meaning |
| --- | --- |
| `NO_COLOR` | no colour, whatever else is set |
| `FORCE_COLOR` | colour, also where nothing shows it |
| `XDG_STATE_HOME` | where log files of bugs go, below `nango-cli`; `~/.local/state` if not set |
"""

HELP = Path(app.__file__).with_name("help.txt")


def test_root_help_is_what_the_command_line_says(nango, golden, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    golden(HELP, _help(nango, monkeypatch))


@pytest.mark.parametrize("name", COMMANDS)
def test_command_help(name, nango, golden, monkeypatch):
    text = _help(nango, monkeypatch, name)
    golden(Path(__file__).parent / "help" / f"{name}.txt", text)
    sentences = text.split("\n\n")
    assert sentences[1].strip() == COMMANDS[name].help, "the first sentence is the one in the list of commands"
    assert f"Example:\n    nango {name}" in text or f"Example:\n  nango {name}" in text


def test_the_reference_of_the_command_line_is_their_help(golden):
    """docs/reference/cli.md is made of the help texts; it is rewritten with them."""
    parts = [REFERENCE_HEAD, f"```console\n$ nango --help\n{read_text('help.txt')}```\n"]
    for name in COMMANDS:
        text = (Path(__file__).parent / "help" / f"{name}.txt").read_text()
        parts.append(f"## nango {name}\n\n```console\n$ nango {name} --help\n{text}```\n")
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
