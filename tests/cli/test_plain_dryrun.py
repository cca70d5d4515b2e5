"""Simple command lines of `nango dryrun` are read without Typer, and mean what Typer takes them for."""

from __future__ import annotations

import pytest

from nango_cli.cli import app, dryrun
from nango_cli.cli.plain_dryrun import FLAGS, VALUES, read
from nango_cli.cli.rehearsal import Rehearsal

PLAIN = [
    [],
    ["items"],
    ["items", "demo"],
    ["items", "demo", "-e", "dev", "--auto-confirm"],
    ["-e", "dev", "items", "--validate", "demo"],
    ["items", "-e", "dev", "-e", "prod", "--state", "--no-state"],
    ["items", "demo", "--input", '{"a": 1}', "--format", "ndjson", "-C", "there"],
    ["items", "demo", "-e", ""],
]
FOR_TYPER = [
    ["items", "demo", "more"],
    ["items", "--limit-pages", "2"],
    ["items", "--environment=dev"],
    ["items", "-edev"],
    ["items", "-e"],
    ["items", "-i", "-"],
    ["items", "-i", "--state"],
    ["items", "--format", "yaml"],
    ["items", "--unknown"],
    ["--help"],
    ["--", "items"],
]


@pytest.fixture
def by_typer(monkeypatch):
    """What the command makes of its arguments."""

    def parse(arguments: list[str]) -> Rehearsal:
        found: list[Rehearsal] = []
        monkeypatch.setattr(dryrun, "rehearse", lambda session, how: found.append(how) or 0)
        app.load("dryrun").main(args=arguments, standalone_mode=False, obj=object())
        return found[0]

    return parse


@pytest.mark.parametrize("arguments", PLAIN, ids=" ".join)
def test_a_plain_command_line_means_what_the_parser_takes_it_for(arguments, by_typer):
    assert read(arguments) == by_typer(arguments)


@pytest.mark.parametrize("option", VALUES)
def test_every_option_with_a_value_does(option, by_typer):
    arguments = ["items", option, "json", "demo"]
    assert read(arguments) == by_typer(arguments)


@pytest.mark.parametrize("option", FLAGS)
def test_every_flag_does(option, by_typer):
    arguments = [option, "items", "demo"]
    assert read(arguments) == by_typer(arguments)


@pytest.mark.parametrize("arguments", FOR_TYPER, ids=" ".join)
def test_whatever_else_stands_there_is_left_to_it(arguments):
    assert read(arguments) is None
