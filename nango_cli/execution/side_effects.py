"""What a script does to the world beside its records: announced, or refused in a read-only run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from nango_cli.execution.event import Event, SideEffect
from nango_cli.runners.pump import Refused


class SideEffects:
    """`announced` holds what happened, in order, each text once."""

    def __init__(self, listen: Callable[[Event], None], *, refused: bool = False) -> None:
        self.announced: list[SideEffect] = []
        self._seen: set[SideEffect] = set()
        self._listen = listen
        self._refused = refused

    def about_to(self, kind: Literal["request", "metadata", "action", "sync"], text: str) -> None:
        """Tell what is about to happen. Raises Refused (NG608) when nothing may."""
        if self._refused:
            help = "leave out `--read-only` to let it happen"
            message = f"a read-only run may not {text}"
            raise Refused(message, {"kind": "refused", "code": "NG608", "help": help})
        effect = SideEffect(kind, text)
        if effect not in self._seen:
            self._seen.add(effect)
            self.announced.append(effect)
            self._listen(effect)
