"""Typed access to a definition: each function returns what it was asked for, or reports why not. All is NG710."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from nango_cli.diagnostics.diagnostic import Diagnostics, Severity
from nango_cli.diagnostics.suggest import did_you_mean, nearest
from nango_cli.language.reader import kind_of
from nango_cli.language.syntax import Mapping, Node, Scalar, Sequence
from nango_cli.providers import placeholder
from nango_cli.providers.file import CODE

_PLACEHOLDERS = ("apiKey", "accessToken", "username", "password")
_CONFIG, _CREDENTIALS = "connectionConfig.", "credentials."


class Shape:
    """Reads nodes into one bag."""

    def __init__(self, found: Diagnostics) -> None:
        self._found = found

    def report(self, node: Node, message: str, help: str | None = None, severity: Severity | None = None) -> None:
        self._found.add(CODE, message, node.span, help=help, severity=severity)

    def mapping(
        self, node: Node | None, what: str, known: Collection[str] = (), ignored: Collection[str] = ()
    ) -> Mapping:
        """The mapping itself, an empty one where there is none. Keys that are not `known`, if any is, are warned of."""
        if not isinstance(node, Mapping):
            if node is not None and not (isinstance(node, Scalar) and node.value is None):
                self.report(node, f"{what} must be a mapping, not {kind_of(node)}")
            return Mapping("", 1, 1)
        for name, (key, _) in node.entries.items():
            if known and name not in known and name not in ignored:
                help = did_you_mean(name, known) or "known keys: " + ", ".join(f"`{each}`" for each in known)
                self.report(key, f"unknown key `{name}` in {what}", help, "warning")
        return node

    def text(self, node: Node | None, what: str) -> str | None:
        """Text, or a number as it is written."""
        if node is None or (isinstance(node, Scalar) and node.value is None):
            return None
        if isinstance(node, Scalar) and not isinstance(node.value, bool):
            return node.text
        self.report(node, f"{what} must be text, not {kind_of(node)}")
        return None

    def template(self, node: Node | None, what: str) -> str | None:
        """Text that may hold placeholders, each of which means something."""
        text = self.text(node, what)
        if text is None or "${" not in text:
            return text
        assert isinstance(node, Scalar)
        closed = 0
        for name, start, end in placeholder.places(text):
            closed += 1
            if not _is_known(name):
                message = f"unknown placeholder `{name}` in {what}"
                self._found.add(CODE, message, node.span_of(start, end), help=_meant(name))
        if closed < text.count("${"):
            self.report(node, f"a placeholder in {what} does not end", "write `}` behind it")
        return text

    def templates(self, node: Node | None, what: str) -> dict[str, str]:
        """Names with texts; `true`, `false` and numbers are sent as they are written."""
        read = {}
        for name, (_, value) in self.mapping(node, what).entries.items():
            if isinstance(value, Scalar) and isinstance(value.value, bool):
                read[name] = value.text
            elif (text := self.template(value, f"`{name}` in {what}")) is not None:
                read[name] = text
        return read

    def address(self, node: Node | None, what: str) -> str | None:
        text = self.template(node, what)
        if text is not None:
            assert node is not None
            for each in text.split("||"):
                if not each.strip().startswith(("https://", "http://", "${")):
                    self.report(node, f"{what} is not an address: `{each.strip()}`", "write https:// before it")
        return text

    def flag(self, node: Node | None, what: str) -> bool:
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        if node is not None:
            self.report(node, f"{what} must be `true` or `false`, not {kind_of(node)}")
        return False

    def choice(self, node: Node | None, what: str, known: Collection[str]) -> str | None:
        text = self.text(node, what)
        if text is None or text in known:
            return text
        assert node is not None
        choices = "it is one of " + ", ".join(f"`{each}`" for each in known)
        self.report(node, f"{what} cannot be `{text}`", did_you_mean(text, known) or choices)
        return None

    def items(self, node: Node | None, what: str) -> Iterator[Scalar]:
        """The texts and numbers of a list, or the one that stands for such a list."""
        for item in node.items if isinstance(node, Sequence) else [node]:
            if item is None:
                continue
            if isinstance(item, Scalar) and item.value is not None and not isinstance(item.value, bool):
                yield item
            else:
                self.report(item, f"{what} must be a list of text; this is {kind_of(item)}")

    def texts(self, node: Node | None, what: str) -> tuple[str, ...]:
        return tuple(each.text for each in self.items(node, what))

    def pattern(self, node: Node | None, what: str, severity: Severity = "error") -> re.Pattern[str] | None:
        """A regular expression, between slashes or not. JavaScript knows some that Python does not."""
        text = self.text(node, what)
        if text is None:
            return None
        try:
            return re.compile(text[1:-1] if len(text) > 1 and text[0] == text[-1] == "/" else text)
        except re.error as error:
            assert node is not None
            self.report(node, f"{what} is not a regular expression: {error}", severity=severity)
            return None


def _is_known(name: str) -> bool:
    return name in _PLACEHOLDERS or name.removeprefix(_CONFIG).removeprefix(_CREDENTIALS) not in (name, "")


def _meant(name: str) -> str:
    first, dot, rest = name.partition(".")
    if rest and (near := nearest(first + dot, (_CONFIG, _CREDENTIALS))):
        return f"did you mean `{near}{rest}`?"
    known = ", ".join(f"`{each}`" for each in (*_PLACEHOLDERS, f"{_CONFIG}<name>", f"{_CREDENTIALS}<name>"))
    return did_you_mean(name, _PLACEHOLDERS) or f"placeholders: {known}"
