"""Whether to repeat a request, and when. Pure; the rules are those of Nango's proxy."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from nango_cli.execution import path
from nango_cli.providers.catalog import bundled
from nango_cli.providers.provider import InBody, RetryRule, Strategy

_FIRST_WAIT = 3.0  # seconds; doubles each time
LONGEST_WAIT = 600.0
_MILLISECONDS_FROM = 31_536_000_000.0  # as milliseconds that is 1971; as seconds it is the year 2969
_UNAUTHORIZED = 401


def wait_after(
    status: int,
    headers: Mapping[str, str],
    *,
    attempt: int,
    retry_on: Collection[int],
    provider: str,
    now: datetime,
    rule: RetryRule | None = None,
    body: Any = None,
    refreshed: bool = False,
) -> float | None:
    """Seconds to wait after the `attempt`th answer, counted from 1; None when another would be the same.

    `headers` are lower case. `rule` is that of the provider's definition, by default of the one that travels with the
    package. `refreshed` says that the credentials are others than those that were refused.
    """
    if rule is None:
        known = bundled().find(provider)
        rule = known.retry if known else RetryRule()
    if not _may_help(status, headers, rule, retry_on, refreshed=refreshed):
        return None
    waits = [_in_body(rule.in_body, body, now), _after(headers.get("retry-after"), now)]
    if rule.remaining is None or headers.get(rule.remaining, "0").strip() == "0":  # else it is not the limit's fault
        waits = [_longest("at", rule.at, headers, now), _longest("after", rule.after, headers, now), *waits]
    return next((wait for wait in waits if wait is not None), backoff(attempt))


def backoff(attempt: int) -> float:
    """3, 6, 12 ... 600 seconds."""
    return float(min(_FIRST_WAIT * 2 ** min(attempt - 1, 30), LONGEST_WAIT))


def _may_help(
    status: int, headers: Mapping[str, str], rule: RetryRule, retry_on: Collection[int], *, refreshed: bool
) -> bool:
    if status in retry_on or (rule.remaining is not None and headers.get(rule.remaining, "").strip() == "0"):
        return True
    if rule.statuses is None:
        listed = status >= 500 or status in (429, _UNAUTHORIZED)
    else:
        listed = any(status in each for each in rule.statuses)
    return listed and (refreshed or status != _UNAUTHORIZED)


def _longest(strategy: Strategy, names: Collection[str], headers: Mapping[str, str], now: datetime) -> float | None:
    waits = [_wait(strategy, headers.get(name), now) for name in names]
    return max((wait for wait in waits if wait is not None), default=None)


def _in_body(rule: InBody | None, body: Any, now: datetime) -> float | None:
    found = path.get(body, rule.path) if rule is not None else None
    if rule is None or not isinstance(found, str):
        return None
    match = rule.value.search(found)
    return _wait(rule.strategy, match[1], now) if match else None


def _wait(strategy: Strategy, value: str | None, now: datetime) -> float | None:
    return _at(value, now) if strategy == "at" else _after(value, now)


def _after(value: str | None, now: datetime) -> float | None:
    """Seconds, or the date that RFC 9110 allows for `Retry-After` too."""
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
    """Seconds until a moment: a Unix time in seconds or milliseconds, or a date; None when it is past."""
    if value is None:
        return None
    try:
        moment = float(value)
        moment = moment / 1000 if moment >= _MILLISECONDS_FROM else moment
    except ValueError:
        date = _date(value.strip())
        if date is None:
            return None
        moment = date.replace(tzinfo=date.tzinfo or UTC).timestamp()
    seconds = moment - now.timestamp()
    return seconds if 0 < seconds < timedelta.max.total_seconds() else None


def _date(text: str) -> datetime | None:
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text)
        except ValueError:
            continue
    return None
