"""Whether to repeat a request, and when. Pure; the rules are those of Nango's proxy."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_FIRST_WAIT = 3.0  # seconds; doubles each time
_LONGEST_WAIT = 600.0

# GitHub also says 403 when the limit is used up, and then when it begins anew.
_GITHUB = ("github", "github-app", "github-app-oauth")
_REMAINING = "x-ratelimit-remaining"
_RESET = "x-ratelimit-reset"


def wait_after(
    status: int,
    headers: Mapping[str, str],
    *,
    attempt: int,
    retry_on: Collection[int],
    provider: str,
    now: datetime,
) -> float | None:
    """Seconds to wait after the `attempt`th answer, counted from 1; None when another would be the same."""
    exhausted = provider in _GITHUB and status in (403, 429) and headers.get(_REMAINING) == "0"
    if not (status == 429 or status >= 500 or status in retry_on or exhausted):
        return None
    asked = _retry_after(headers.get("retry-after"), now)
    if asked is None and exhausted:
        asked = _at(headers.get(_RESET), now)
    return backoff(attempt) if asked is None else asked


def backoff(attempt: int) -> float:
    """3, 6, 12 ... 600 seconds."""
    return float(min(_FIRST_WAIT * 2 ** min(attempt - 1, 30), _LONGEST_WAIT))


def _retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds, or the date that RFC 9110 allows too."""
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            then = parsedate_to_datetime(value)
        except ValueError:
            return None
        seconds = (then.replace(tzinfo=then.tzinfo or UTC) - now).total_seconds()
    return seconds if 0 <= seconds < timedelta.max.total_seconds() else None


def _at(value: str | None, now: datetime) -> float | None:
    """Seconds until a Unix time; None when it is past."""
    try:
        seconds = float(value or "") - now.timestamp()
    except ValueError:
        return None
    return seconds if seconds > 0 else None
