"""Did you mean?"""

from __future__ import annotations

from collections.abc import Iterable


class Candidates:
    """Words that one might have meant, prepared for many questions."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_length: dict[int, list[tuple[int, str, str, frozenset[str]]]] = {}
        for number, word in enumerate(words):
            lowered = word.casefold()
            self._by_length.setdefault(len(word), []).append((number, word, lowered, frozenset(lowered)))

    def nearest(self, word: str) -> str | None:
        """The candidate that `word` most likely is a slip of, if any is near enough; of equally near ones the first."""
        reach = min(3, max(len(word) // 3, len(word) > 2))
        lengths = range(len(word) - reach, len(word) + reach + 1)
        best: str | None = None
        lowered = word.casefold()
        letters = frozenset(lowered)
        for _, candidate, other, others in sorted(each for n in lengths for each in self._by_length.get(n, ())):
            if candidate == word or abs(len(candidate) - len(word)) > reach:
                continue
            if len(letters - others) > reach:  # an edit brings in one letter at the most
                continue
            distance = _distance(lowered, other, reach)
            if distance <= reach:
                best, reach = candidate, distance - 1
                if distance == 0:
                    break
        return best


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` most likely is a slip of, if any is near enough."""
    return Candidates(candidates).nearest(word)


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """A line of help that names the nearest candidate."""
    best = nearest(word, candidates)
    return None if best is None else f"did you mean `{best}`?"


def _distance(left: str, right: str, limit: int) -> int:
    """Edits from one word to the other (insert, delete, replace, swap neighbours); `limit + 1` stands for any more."""
    if left == right:
        return 0
    before: list[int] = []
    above = list(range(len(right) + 1))
    for row, a in enumerate(left, 1):
        current = [row]
        for column, b in enumerate(right, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (a != b))
            if before and column > 1 and a == right[column - 2] and left[row - 2] == b:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, above = above, current
    return above[-1]
