"""Did you mean?"""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` most likely is a slip of, if any is near enough."""
    reach = min(3, max(len(word) // 3, len(word) > 2))
    best: str | None = None
    lowered = word.casefold()
    letters = set(lowered)
    for candidate in candidates:
        if candidate == word or abs(len(candidate) - len(word)) > reach:
            continue
        other = candidate.casefold()
        if len(letters.difference(other)) > reach:  # an edit brings in one letter at the most
            continue
        distance = _distance(lowered, other, reach)
        if distance <= reach:
            best, reach = candidate, distance - 1
            if distance == 0:
                break
    return best


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
