"""What the reports of dry runs say, for tests of the example."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

Report = dict[str, Any]
Run = Callable[..., Report]


def saved(data: Report) -> list[Report]:
    """The records that a run saved, those of every batch."""
    return [each for records in data["records"].values() for each in records["save"]]


def ids(records: list[Report]) -> list[str]:
    return [each["id"] for each in records]


def paths(data: Report) -> list[str]:
    """Of the requests, in order."""
    return [httpx.URL(each["url"]).path for each in data["requests"]]
