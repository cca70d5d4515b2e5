"""The small language of `runs`: `every 5 minutes`, `every half day`, `90s`.

    schedule = "every" keyword | [ "every " ] amount [ unit ]

An amount without a unit is in milliseconds; a month can only be written as a keyword.
"""

from __future__ import annotations

import re

from nango_cli.ir.project import Schedule

MINIMUM_SECONDS = 30

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_KEYWORDS = {
    "every half day": _DAY / 2,
    "every half hour": _HOUR / 2,
    "every quarter hour": _HOUR / 4,
    "every hour": _HOUR,
    "every day": _DAY,
    "every week": 7 * _DAY,
    "every month": 30 * _DAY,
}
_UNITS = {
    "milliseconds millisecond msecs msec ms": 0.001,
    "seconds second secs sec s": 1,
    "minutes minute mins min m": _MINUTE,
    "hours hour hrs hr h": _HOUR,
    "days day d": _DAY,
    "weeks week w": 7 * _DAY,
    "years year yrs yr y": 365.25 * _DAY,
}
_SECONDS = {word: seconds for words, seconds in _UNITS.items() for word in words.split()}
_AMOUNT = re.compile(rf"(-?[0-9]*\.?[0-9]+) *({'|'.join(_SECONDS)})?", re.IGNORECASE | re.ASCII)
_WORDS = {
    "hourly": "every hour",
    "daily": "every day",
    "weekly": "every week",
    "monthly": "every month",
    "every second": "every 30 seconds",
    "every minute": "every 1 minute",
    "yearly": "every 365 days",
    "every year": "every 365 days",
}
_MONTHS = re.compile(r"(?:every )?([0-9]{1,3}) ?(?:months?|mos?)")


def parse(text: str) -> Schedule | None:
    """The schedule that a text spells, of any length; None when it spells none, or one that never passes."""
    if seconds := _KEYWORDS.get(text):
        return Schedule(text, float(seconds))
    match = _AMOUNT.fullmatch(text.replace("every ", "", 1)) if len(text) <= 100 else None
    if match is None:
        return None
    seconds = float(match[1]) * _SECONDS[(match[2] or "ms").lower()]
    return Schedule(text, seconds) if seconds else None


def correction(text: str) -> str | None:
    """What someone who wrote an unreadable schedule probably meant."""
    plain = " ".join(text.split()).lower()
    months = _MONTHS.fullmatch(plain)
    in_days = f"every {30 * int(months[1])} days" if months else None
    for candidate in (_WORDS.get(plain), in_days, plain, f"every {plain}"):
        if candidate and candidate != text and parse(candidate):
            return candidate
    return None
