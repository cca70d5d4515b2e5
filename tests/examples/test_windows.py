"""Stripe's payments are read month by month: no second is missed, and none is in two windows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from examples.bench import Bench, kept, named, opened

PAYMENTS = named("payments")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with opened(tmp_path_factory.mktemp("example")) as bench:
        yield bench


def windows(bench: Bench, **metadata: str) -> list[tuple[int, int]]:
    with bench.store() as store:
        asked = bench.run(store, *PAYMENTS, metadata=metadata).params
    return list(dict.fromkeys((each["created[gte]"], each["created[lt]"]) for each in asked))


@pytest.mark.parametrize(
    ("from_date", "to_date", "borders"),
    [
        pytest.param("2025-01-31", "2025-03-01", ["2025-01-31", "2025-02-01", "2025-03-01"], id="the end of a month"),
        pytest.param("2024-02-29", "2024-03-31", ["2024-02-29", "2024-03-01", "2024-03-31"], id="a leap day"),
        pytest.param("2024-12-31", "2025-02-01", ["2024-12-31", "2025-01-01", "2025-02-01"], id="the end of a year"),
        pytest.param("2025-02-10", "2025-02-20", ["2025-02-10", "2025-02-20"], id="within a month"),
        pytest.param(
            "2025-02-01T00:30:00+02:00",
            "2025-02-28T23:30:00-01:00",
            ["2025-01-31T22:30", "2025-02-01", "2025-03-01", "2025-03-01T00:30"],
            id="time zones",
        ),
        pytest.param("2025-02-01", "2025-02-01", [], id="nothing"),
    ],
)
def test_windows(bench: Bench, from_date: str, to_date: str, borders: list[str]) -> None:
    moments = [int(datetime.fromisoformat(each).replace(tzinfo=UTC).timestamp()) for each in borders]
    assert windows(bench, from_date=from_date, to_date=to_date) == list(pairwise(moments))


@pytest.mark.parametrize("to_date", [None, "9999-12-31"])
def test_the_last_window_ends_now(bench: Bench, to_date: str | None) -> None:
    before = int(time.time())
    found = windows(bench, from_date="2025-01-31", **({"to_date": to_date} if to_date else {}))
    assert before <= found[-1][1] <= time.time()
    assert all(end == start for (_, end), (start, _) in pairwise(found))


@pytest.mark.parametrize(
    "until", ["2025-01-31T12:00:01", "2025-02-01", "2025-02-01T00:00:01", "2025-02-05", "2025-03-10", "2025-04-30"]
)
def test_a_later_run_adds_what_is_newer(bench: Bench, until: str) -> None:
    undisturbed, expected = bench.undisturbed(*PAYMENTS)
    with bench.store() as store:
        first = bench.run(store, *PAYMENTS, metadata={"from_date": "2025-01-31", "to_date": until})
        second = bench.run(store, *PAYMENTS)
        assert kept(store, *PAYMENTS) == expected
        assert bench.run(store, *PAYMENTS).params == [], "there is nothing newer"
    assert first.number("records") + second.number("records") == undisturbed.number("records")


def test_a_window_that_was_interrupted_ends_where_it_was_to_end(bench: Bench) -> None:
    _, expected = bench.undisturbed(*PAYMENTS)
    with bench.store() as store:
        narrow = {"from_date": "2025-02-01", "to_date": "2025-02-06T12:00"}
        bench.run(store, *PAYMENTS, at=2, metadata=narrow)
        assert "after" in (kept(store, *PAYMENTS)[1] or {})
        bench.run(store, *PAYMENTS)
        records, checkpoint = kept(store, *PAYMENTS)
    assert checkpoint == expected[1]
    january = {id for id, each in expected[0]["Payment"].items() if each["created_at"] < "2025-02"}
    assert records["Payment"].keys() == expected[0]["Payment"].keys() - january
