"""A clock that stands still until it is told, and stores on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nango_cli.environments.store.store import Store


class StoppedClock:
    def __init__(self) -> None:
        self.time = datetime(2026, 1, 31, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def tick(self, seconds: float = 1) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".nango" / "store.sqlite"


@pytest.fixture(params=["file", "temporary"])
def store(request: pytest.FixtureRequest, path: Path, clock: StoppedClock) -> Iterator[Store]:
    """Both kinds of store, which behave the same while they are open."""
    with Store.open(path if request.param == "file" else None, clock, environ={}) as store:
        yield store


@pytest.fixture
def file_store(path: Path, clock: StoppedClock) -> Iterator[Store]:
    with Store.open(path, clock, environ={}) as store:
        yield store
