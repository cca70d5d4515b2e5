"""One providers file, out of which one definition can be read without reading the others.

A file with the definitions of hundreds of providers takes a second to parse, and a run needs one of them. Where every
line at the margin begins a definition, a definition ends where the next one begins.
"""

from __future__ import annotations

import re
from functools import cached_property

from nango_cli.diagnostics.diagnostic import Diagnostics
from nango_cli.diagnostics.source import Source
from nango_cli.language.reader import kind_of
from nango_cli.language.syntax import Mapping, Node, Scalar, parse

CODE = "NG710"

_AT_MARGIN = re.compile(r"^[^\s#].*$", re.MULTILINE)
_KEY = re.compile(r"""(?P<quote>["']?)(?P<name>[\w.-]+)(?P=quote)\s*:(?=\s|$)""")
_BEYOND = re.compile(r"(?:^|[\s\[{,:])[&*]\w|<<\s*:")  # an anchor, an alias, a merge: they reach other definitions


class ProvidersFile:
    """The definitions of a file by name. What is wrong with the file itself goes to the bag of whoever reads first."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._whole: Mapping | None = None

    def __contains__(self, name: str) -> bool:
        return name in self.names

    @cached_property
    def names(self) -> dict[str, None]:
        return dict.fromkeys(self._starts) if self._starts is not None else dict.fromkeys(self.all(Diagnostics()))

    def entry(self, name: str, found: Diagnostics) -> tuple[Scalar, Node] | None:
        """A definition with its key, None when there is none of this name."""
        if self._starts is None or self._whole is not None:
            return self.all(found).get(name)
        if name not in self._starts:
            return None
        start, end = self._starts[name]
        text = self.source.text[start:end]
        if _BEYOND.search(text):
            return self.all(found).get(name)
        above = "\n" * self.source.text.count("\n", 0, start)  # so that lines keep their numbers
        node = parse(Source(self.source.path, above + text), found)
        return node.entries.get(name) if isinstance(node, Mapping) else None

    def all(self, found: Diagnostics) -> dict[str, tuple[Scalar, Node]]:
        """Every definition with its key, in the order of the file."""
        if self._whole is None:
            node = parse(self.source, found)
            if not isinstance(node, Mapping):
                if node is not None and not (isinstance(node, Scalar) and node.value is None):
                    help = "write the name of each provider as a key, and its definition below it"
                    found.add(CODE, f"the file must be a mapping, not {kind_of(node)}", node.span, help=help)
                return {}
            self._whole = node
        return self._whole.entries

    @cached_property
    def _starts(self) -> dict[str, tuple[int, int]] | None:
        """Where each definition starts and ends; None where the file is not laid out like that."""
        starts: list[tuple[str, int]] = []
        for line in _AT_MARGIN.finditer(self.source.text):
            key = _KEY.match(line[0])
            if key is None:
                return None
            starts.append((key["name"], line.start()))
        ends = [*(start for _, start in starts[1:]), len(self.source.text)]
        places = {name: (start, end) for (name, start), end in zip(starts, ends, strict=True)}
        return places if len(places) == len(starts) else None
