"""Help texts are golden; the root's is also what `nango --help` prints without loading anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from nango_cli.cli import app
from nango_cli.cli.commands import COMMANDS
from nango_cli.resources import read_text

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
