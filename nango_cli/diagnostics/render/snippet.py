"""One source line as a terminal shows it: what is printed, and in which cell every code point starts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

WIDTH = 112
"""How many cells of a source line are shown; with the gutter a row has about 120."""

# How many code points around a mark are laid out at all: a minified file is one line of megabytes.
_NEAR = 400
_CONTEXT = 10

# Control, format (with the bidirectional overrides) and surrogate characters; line and paragraph separators.
_UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# Format characters that emoji and several scripts need to be spelled at all.
_JOINERS = "\u200c\u200d"


class Line(NamedTuple):
    """What is printed of a source line; `starts` and `ends` map code points, from `first` on, to cells of `text`."""

    text: str
    first: int
    starts: Sequence[int]
    ends: Sequence[int]

    def cells(self, start: int, end: int) -> tuple[int, int]:
        """The cells under the code points from `start` to before `end`: whole characters, and at least one cell."""
        last = len(self.starts) - 1
        low = self.starts[min(max(start - self.first, 0), last)]
        high = self.ends[min(max(end - self.first, 0), last)]
        return low, max(low + 1, high)


def escape(text: str) -> str:
    r"""Text that cannot steer a terminal or hide in it: a tab becomes spaces, an escape character becomes `\x1b`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape(char) if _is_unsafe(char) else char for char in text)


def lay_out(text: str, start: int, end: int) -> Line:
    """The line, cropped if it is long so that the code points from `start` to before `end` (from 0) are in sight."""
    if len(text) <= WIDTH and text.isascii() and text.isprintable():  # shown as it is; nearly every line is
        cells = range(len(text) + 1)
        return Line(text, 0, cells, cells)
    start, end = min(start, len(text)), min(end, len(text))
    first, last = max(0, start - _NEAR), start + _NEAR
    pieces: list[tuple[int, int, str]] = []
    starts, ends, total = [], [0], 0
    for piece, length, width in _pieces(text[first:last]):
        pieces.append((total, total + width, piece))
        starts += [total] * length
        total += width
        ends += [total] * length
    starts.append(total)

    low, high = Line("", first, starts, ends).cells(start, end)
    spare = max(2 * _CONTEXT, WIDTH - (high - low))
    left = 0 if high < WIDTH else max(0, min(low - spare // 2, total - WIDTH))
    more_left = int(first > 0 or left > 0)
    more_right = int(last < len(text) or left + WIDTH < total)
    begin, stop = left + int(left > 0), left + WIDTH - more_right
    kept = [each for each in pieces if begin <= each[0] and each[1] <= stop]
    seen_from, seen_to = (kept[0][0], kept[-1][1]) if kept else (0, 0)

    def place(cell: int) -> int:
        # A place out of sight is shown under the ellipsis that stands for it.
        return min(max(cell - seen_from + more_left, 0), seen_to - seen_from + more_left)

    shown = "…" * more_left + "".join(piece for _, _, piece in kept) + "…" * more_right
    return Line(shown, first, [place(cell) for cell in starts], [place(cell) for cell in ends])


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """What is shown of each user-perceived character, its length in code points and its width in cells."""
    if text.isascii():
        for char in text:
            piece = char if " " <= char <= "~" else _escape(char)
            yield piece, 1, len(piece)
        return

    # Imported only for the few files that need it: its tables take a while to load.
    from wcwidth import iter_graphemes, wcswidth

    for unsafe, chars in groupby(text, _is_unsafe):
        if unsafe:
            for char in chars:
                piece = _escape(char)
                yield piece, 1, len(piece)
        else:
            for cluster in iter_graphemes("".join(chars)):
                # A mark without a letter, first in its line, is as wide as on the space before it.
                yield cluster, len(cluster), max(0, wcswidth(f" {cluster}") - 1)


def _is_unsafe(char: str) -> bool:
    return char not in _JOINERS and unicodedata.category(char) in _UNSAFE


def _escape(char: str) -> str:
    return "    " if char == "\t" else char.encode("unicode_escape").decode()
