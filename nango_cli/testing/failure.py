"""Why a recording could not be replayed to a good end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.diagnostics.render.text import render_text
from nango_cli.diagnostics.source import Source


class Foreign(Exception):
    """A file with the name of a recording that is none, nor that of a script."""


class Failed(Exception):
    """`found` says what is wrong, `sources` holds the files that it is in."""

    def __init__(self, found: Sequence[Diagnostic], sources: Mapping[str, Source]) -> None:
        self.found = found
        self.text = render_text(found, sources, color=False)
        super().__init__(self.text)
