"""The charges that the sample of Stripe knows: always the same, with everything that real ones surprise with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

_CUSTOMERS = (None, "cus_ada", "cus_grace", "cus_edsger")
_DESCRIPTIONS = ("Subscription", None, "Café ☕ for two", "Invoice 0042", "")
_CURRENCIES = ("eur", "usd", "jpy")  # an amount of yen has no decimals


def seed() -> list[dict[str, Any]]:
    """The charges of the end of January, February and April 2025, the newest first; there are none in March."""
    return [_charge(number, moment) for number, moment in reversed([*enumerate(_moments(), 1)])]


def _moments() -> list[datetime]:
    """When they were made, in order: at the very border of months, and several in the same second."""
    january = datetime(2025, 1, 30, 12, tzinfo=UTC)
    february = datetime(2025, 2, 1, tzinfo=UTC)
    april = datetime(2025, 4, 1, tzinfo=UTC)
    return [
        january,
        january + timedelta(days=1),
        february - timedelta(seconds=1),
        *[february] * 2,
        *[february + timedelta(hours=31 * (number // 3)) for number in range(1, 18)],
        *[april + timedelta(hours=number * 43) for number in range(8)],
    ]


def _charge(number: int, moment: datetime) -> dict[str, Any]:
    failed, pending = number % 7 == 0, number % 11 == 0
    return {
        "id": f"ch_{number:04}",
        "object": "charge",
        "amount": 500 + number * 137,
        "amount_refunded": 100 if number % 5 == 0 else 0,
        "created": int(moment.timestamp()),
        "currency": _CURRENCIES[number % len(_CURRENCIES)],
        "customer": _CUSTOMERS[number % len(_CUSTOMERS)],
        "description": _DESCRIPTIONS[number % len(_DESCRIPTIONS)],
        "failure_message": "Your card was declined." if failed else None,
        "livemode": False,
        "paid": not failed and not pending,
        "status": "failed" if failed else "pending" if pending else "succeeded",
    }
