"""What follows `--` on the command line of `nango test`, for an argument parser that takes it for more names."""

from __future__ import annotations

from collections.abc import Sequence

_WITH_VALUE = ("-C", "--directory")  # the options that may stand before the command


def passed_on(arguments: Sequence[str]) -> list[str]:
    """The command line with an option `--to-pytest` for every word after `--`."""
    pairs = zip(["", *arguments], arguments, strict=False)
    words = (word for before, word in pairs if before not in _WITH_VALUE and not word.startswith("-"))
    if next(words, None) != "test" or "--" not in arguments:
        return list(arguments)
    place = arguments.index("--")
    return [*arguments[:place], *(f"--to-pytest={word}" for word in arguments[place + 1 :])]
