"""Points in time as the store keeps them: microseconds since 1970, UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def from_datetime(moment: datetime) -> int:
    """`moment` has a time zone."""
    return (moment - _EPOCH) // _MICROSECOND


def from_text(text: str) -> int:
    """An ISO date and time, UTC if it names no time zone. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return from_datetime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def to_datetime(instant: int) -> datetime:
    return _EPOCH + instant * _MICROSECOND


def to_text(instant: int) -> str:
    """Such as `2026-01-31T09:00:00.000000+00:00`, always of the same length."""
    return to_datetime(instant).isoformat(timespec="microseconds")
