"""Typed access to the tree: each function returns the value it was asked for, or reports why not and returns None."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as Map

from nango_cli.diagnostics.diagnostic import Diagnostics, Severity
from nango_cli.diagnostics.source import Setting
from nango_cli.diagnostics.suggest import Candidates
from nango_cli.language.syntax import Mapping, Node, Scalar, Sequence

_NONE = "write `{}` if there are none"
_SUGGESTIONS = 100  # looking for near names is the one slow thing a broken file can ask for often


class Reader:
    """Reads nodes into one bag."""

    def __init__(self, found: Diagnostics) -> None:
        self.found = found
        self.lenient = False  # in the old grammar nobody ever looked at the values: a wrong one is only a warning
        self._suggestions = _SUGGESTIONS

    def nearest(self, word: str, candidates: Candidates | Iterable[str]) -> str | None:
        """The candidate that a word most likely is a slip of, for the first hundred problems of a file."""
        self._suggestions -= 1
        if self._suggestions < 0:
            return None
        return (candidates if isinstance(candidates, Candidates) else Candidates(candidates)).nearest(word)

    def suggest(self, word: str, candidates: Candidates | Iterable[str]) -> str | None:
        """A line of help that names the nearest candidate."""
        best = self.nearest(word, candidates)
        return None if best is None else f"did you mean `{best}`?"

    def wrong_kind(self, node: Node, what: str, expected: str, help: str | None = None) -> None:
        message = f"{what} must be {expected}, not {kind_of(node)}"
        self.found.add("NG104", message, node.span, help=help, severity="warning" if self.lenient else None)

    def mapping(self, node: Node | None, what: str, expected: str = "a mapping", help: str | None = _NONE) -> Mapping:
        """The mapping itself; an empty one where there is none or something else stands there; `help` is for null."""
        if isinstance(node, Mapping):
            return node
        if isinstance(node, Sequence):
            self.wrong_kind(node, what, expected, "write each name as a key, without `- `")
        elif node is not None:
            self.wrong_kind(node, what, expected, help if node.value is None else None)
        return Mapping("", 1, 1)

    def text(self, node: Node | None, what: str, expected: str = "text", help: str | None = None) -> Scalar | None:
        """The scalar if it is text; `help` is for other scalars, such as numbers."""
        if isinstance(node, Scalar) and isinstance(node.value, str):
            return node
        if node is not None:
            self.wrong_kind(node, what, expected, help if isinstance(node, Scalar) and node.value is not None else None)
        return None

    def boolean(self, node: Node | None, what: str, default: bool) -> Setting[bool]:
        if node is None:
            return Setting(default)
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return Setting(node.value, node.span)
        help = None
        if isinstance(node, Scalar) and node.text.lower() in ("true", "false", "yes", "no", "on", "off"):
            help = f"write `{'true' if node.text.lower() in ('true', 'yes', 'on') else 'false'}` without quotes"
        self.wrong_kind(node, what, "`true` or `false`", help)
        return Setting(default)

    def texts(self, node: Node | None, what: str, help: str | None = None) -> Iterator[Scalar]:
        """The items of a list of text, or the one text that stands for such a list."""
        items = node.items if isinstance(node, Sequence) else [] if node is None else [node]
        expected = "text" if isinstance(node, Sequence) else "text or a list of text"
        subject = f"an item of {what}" if isinstance(node, Sequence) else what
        for item in items:
            if scalar := self.text(item, subject, expected, help):
                yield scalar

    def keys(
        self,
        node: Mapping,
        known: Map[str, object],
        where: str,
        *,
        advice: Map[str, str] | None = None,
        severity: Severity | None = None,
    ) -> set[str]:
        """Report the keys that nothing knows here; return the known ones that they are probably slips of."""
        meant = set()
        for name, (key, _) in node.entries.items():
            if name not in known:
                help = (advice or {}).get(name)
                if help is None and (near := self.nearest(name, known)):
                    meant.add(near)
                    help = f"did you mean `{near}`?"
                help = help or "known keys: " + ", ".join(f"`{each}`" for each in known)
                self.found.add("NG101", f"unknown key `{name}` in {where}", key.span, help=help, severity=severity)
        return meant

    def require(self, keys: Collection[str], key: str, owner: Scalar, where: str, help: str | None = None) -> None:
        if key not in keys:
            self.found.add("NG102", f"{where} has no `{key}`", owner.span, help=help)


def kind_of(node: Node) -> str:
    """What a node is, in the words of a message."""
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    match node.value:
        case None:
            return "empty"
        case bool():
            return f"the boolean `{node.text}`"
        case int() | float():
            return f"the number `{node.text}`"
    return "text"
