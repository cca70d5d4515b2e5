"""What follows `--` is pytest's, for `nango test` alone."""

from __future__ import annotations

import pytest

from nango_cli.cli.passed_on import passed_on


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (["test", "--", "-x", "--", "a b"], ["test", "--to-pytest=-x", "--to-pytest=--", "--to-pytest=a b"]),
        (["-C", "generate", "test", "a", "--", "-x"], ["-C", "generate", "test", "a", "--to-pytest=-x"]),
        (["--directory", "test", "check", "--", "-x"], ["--directory", "test", "check", "--", "-x"]),
        (["test", "-C", "check", "--"], ["test", "-C", "check"]),
        (["dryrun", "test", "--", "-x"], ["dryrun", "test", "--", "-x"]),
        (["test"], ["test"]),
        ([], []),
    ],
)
def test_passed_on(typed: list[str], read: list[str]) -> None:
    assert passed_on(typed) == read
