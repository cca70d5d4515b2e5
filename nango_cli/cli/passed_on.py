"""What follows `--` on the command line of `nango test`, for an argument parser that takes it for more names."""

from __future__ import annotations

from collections.abc import Sequence

from nango_cli.cli.commands import COMMANDS


def passed_on(arguments: Sequence[str]) -> list[str]:
    """The command line with an option `--to-pytest` for every word after `--`."""
    command = next((word for word in arguments if word in COMMANDS), None)
    if command != "test" or "--" not in arguments:
        return list(arguments)
    place = arguments.index("--")
    return [*arguments[:place], *(f"--to-pytest={word}" for word in arguments[place + 1 :])]
