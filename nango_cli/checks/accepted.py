"""What Nango's servers accept: the one place that says so."""

from __future__ import annotations

import re

INTEGRATION_NAME = re.compile(r"[a-zA-Z0-9~:.@ _-]{1,255}")
INTEGRATION_NAME_HELP = "use 1 to 255 letters from A to Z, digits, spaces and `~:.@_-`"
SCRIPT_NAME = re.compile(r"[a-zA-Z0-9_-]{1,255}")
SCRIPT_NAME_HELP = "use 1 to 255 letters from A to Z, digits, `_` and `-`"
SCHEDULE = re.compile(
    r"(?:every )?(?:(?:[0-9]+\s?)?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)"
    r"|month|week|half day|half hour|quarter hour)"
)

_SHOWN = 40


def shortened(name: str) -> str:
    """A name as it is shown in a message, whatever its length."""
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}..."
