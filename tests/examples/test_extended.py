"""Zendesk: a run ends before its time does, and begins where the metadata says."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from examples.report import Report, Run


def start_of(data: Report) -> int:
    return int(parse_qs(urlsplit(data["requests"][0]["url"]).query)["start_time"][0])


@pytest.mark.parametrize(("hours", "pages"), [(0.5, 1), (24, None), (None, None)])
def test_time_is_left_for_a_page_under_way(hours: float | None, pages: int | None, run: Run) -> None:
    metadata = {"from_date": "2025-01-01", **({"max_hours": hours} if hours is not None else {})}
    every = len(run("tickets")["requests"])
    assert every > 1
    assert len(run("tickets", metadata=metadata)["requests"]) == (pages or every)


def test_a_date_with_an_offset(run: Run) -> None:
    starts = [
        start_of(run("tickets", metadata={"from_date": each})) for each in ("2025-01-01", "2025-01-01T00:00+02:00")
    ]
    assert starts[0] - starts[1] == 2 * 60 * 60


def test_nothing_has_changed_since(run: Run) -> None:
    data = run("tickets", metadata={"from_date": "2999-01-01"})
    assert (len(data["requests"]), data["records"]) == (1, {})
