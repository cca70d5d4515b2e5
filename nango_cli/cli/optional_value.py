"""Options whose value may be left out, for an argument parser that knows none."""

from __future__ import annotations

from collections.abc import Sequence

_OPTIONS = ("--replay",)


def spelled_out(arguments: Sequence[str]) -> list[str]:
    """The command line with `--replay=` where no file follows: a word that ends in .json, or has a slash in it."""
    following = [*arguments[1:], "-"] if arguments else []
    return [
        f"{word}=" if word in _OPTIONS and not _is_file(after) else word
        for word, after in zip(arguments, following, strict=True)
    ]


def _is_file(word: str) -> bool:
    return not word.startswith("-") and (word.endswith(".json") or "/" in word)
