"""What `nango create` is asked for."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.errors import UsageError
from nango_cli.language.document import EVENTS

Kind = Literal["sync", "action", "on-event"]
KINDS: tuple[Kind, ...] = ("sync", "action", "on-event")

_NAME = re.compile(r"(?=.*[a-zA-Z0-9])[a-zA-Z0-9_-]+")


class Request(NamedTuple):
    """A script to be; `event` is what an on-event script answers to."""

    kind: Kind
    integration: str
    name: str
    event: str = EVENTS[0]

    def check(self) -> None:
        """Raises UsageError NG801 for names that a file or a server cannot have, and for an unknown event."""
        for what, name in (("an integration", self.integration), (f"{_article(self.kind)}", self.name)):
            if not _NAME.fullmatch(name):
                raise UsageError(f"{what} cannot be named {name!r}", help="use letters, digits, `_` and `-`")
        if self.event not in EVENTS:
            help = did_you_mean(self.event, EVENTS) or "events: " + ", ".join(f"`{event}`" for event in EVENTS)
            raise UsageError(f"no event is named {self.event!r}", help=help)

    @property
    def stem(self) -> str:
        """The name of the script's file, without its ending."""
        return self.name.replace("-", "_")


def _article(kind: Kind) -> str:
    return f"a {kind}" if kind == "sync" else f"an {kind} script" if kind == "on-event" else f"an {kind}"
