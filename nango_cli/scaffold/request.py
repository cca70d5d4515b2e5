"""What `nango create` is asked for."""

from __future__ import annotations

from typing import Literal, NamedTuple

from nango_cli.checks.accepted import INTEGRATION_NAME, SCRIPT_NAME, SCRIPT_NAME_HELP, shortened
from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.errors import UsageError
from nango_cli.language.document import EVENTS

Kind = Literal["sync", "action", "on-event"]
KINDS: tuple[Kind, ...] = ("sync", "action", "on-event")

_INTEGRATION = "an integration"
# Why some integrations that servers accept, and that may be in nango.yaml, are none for `nango create`.
_STRICTER = (
    "`nango create` names a folder and types of Python after it, for which it takes letters from A to Z, digits, `_` "
    "and `-` alone; add a script of such an integration by hand"
)


class Request(NamedTuple):
    """A script to be; `event` is what an on-event script answers to."""

    kind: Kind
    integration: str
    name: str
    event: str = EVENTS[0]

    def check(self) -> None:
        """Raises UsageError NG801 for names that a file or a server cannot have, and for an unknown event."""
        for what, name in ((_INTEGRATION, self.integration), (_article(self.kind), self.name)):
            if SCRIPT_NAME.fullmatch(name) and name.strip("_-"):
                continue
            has_words = any(each.isalnum() for each in name)
            by_servers = what == _INTEGRATION and INTEGRATION_NAME.fullmatch(name) and has_words
            message = f"{what} cannot be named {shortened(name)!r}"
            raise UsageError(message, help=_STRICTER if by_servers else SCRIPT_NAME_HELP)
        if self.event not in EVENTS:
            help = did_you_mean(self.event, EVENTS) or "events: " + ", ".join(f"`{event}`" for event in EVENTS)
            raise UsageError(f"no event is named {self.event!r}", help=help)

    @property
    def stem(self) -> str:
        """The name of the script's file, without its ending."""
        return self.name.replace("-", "_")


def _article(kind: Kind) -> str:
    return f"a {kind}" if kind == "sync" else f"an {kind} script" if kind == "on-event" else f"an {kind}"
