"""`--replay` with a file, and without."""

from __future__ import annotations

import pytest

from nango_cli.cli.optional_value import spelled_out


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (["dryrun", "x", "--replay"], ["dryrun", "x", "--replay="]),
        (["dryrun", "--replay", "x"], ["dryrun", "--replay=", "x"]),
        (["dryrun", "x", "--replay", "--validate"], ["dryrun", "x", "--replay=", "--validate"]),
        (["dryrun", "x", "--replay", "a.json"], ["dryrun", "x", "--replay", "a.json"]),
        (["dryrun", "x", "--replay", "acme/mocks", "y"], ["dryrun", "x", "--replay", "acme/mocks", "y"]),
        (["dryrun", "x", "--replay=a"], ["dryrun", "x", "--replay=a"]),
        (["check"], ["check"]),
        ([], []),
    ],
)
def test_what_the_parser_gets(typed: list[str], read: list[str]) -> None:
    assert spelled_out(typed) == read
