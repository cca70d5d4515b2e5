"""What tasks keep between their runs, and locks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from nango_cli.environments.destination import Task
from nango_cli.environments.store.store import Store

TASK = Task("github", "demo", "issues")
OTHER = Task("github", "demo", "issues", "eu")


def test_nothing_at_first(store):
    assert store.state.last_sync_date(TASK) is None
    assert store.state.checkpoint(TASK) is None
    store.state.clear_checkpoint(TASK)
    assert store.state.checkpoint(TASK) is None


def test_checkpoints(store):
    checkpoint = {"page": 3, "since": "2026-01-01", "whole": True, "share": 0.5, "long": 2**70}
    store.state.save_checkpoint(TASK, checkpoint)
    assert store.state.checkpoint(TASK) == checkpoint
    assert store.state.checkpoint(OTHER) is None
    store.state.save_checkpoint(TASK, {"page": 4})
    assert store.state.checkpoint(TASK) == {"page": 4}
    store.state.clear_checkpoint(TASK)
    assert store.state.checkpoint(TASK) is None


def test_last_sync_date(store):
    moment = datetime(2026, 1, 31, 10, 0, 0, 123456, timezone(timedelta(hours=2)))
    store.state.set_last_sync_date(TASK, moment)
    assert store.state.last_sync_date(TASK) == moment
    assert store.state.last_sync_date(TASK).tzinfo is UTC
    assert store.state.last_sync_date(OTHER) is None
    store.state.set_last_sync_date(TASK, None)
    assert store.state.last_sync_date(TASK) is None


def test_it_is_there_the_next_time(path, clock):
    with Store.open(path, clock) as store:
        store.state.save_checkpoint(TASK, {"page": 3})
    with Store.open(path, clock) as store:
        assert store.state.checkpoint(TASK) == {"page": 3}


def test_a_temporary_store_leaves_nothing(clock):
    with Store.open(None, clock) as store:
        store.state.save_checkpoint(TASK, {"page": 3})
    with Store.open(None, clock) as store:
        assert store.state.checkpoint(TASK) is None


def test_locks(store, clock):
    locks = store.locks
    assert locks.acquire(TASK, "key", 1000)
    assert not locks.acquire(OTHER, "key", 1000)
    assert locks.acquire(OTHER, "another key", 1000)
    assert not locks.release(OTHER, "key")
    assert not locks.acquire(OTHER, "key", 1000)
    assert locks.release(TASK, "key")
    assert not locks.release(TASK, "key")
    assert locks.acquire(OTHER, "key", 1000)


def test_locks_end_by_themselves(store, clock):
    assert store.locks.acquire(TASK, "key", 1000)
    clock.tick(0.999)
    assert not store.locks.acquire(OTHER, "key", 1000)
    clock.tick(0.001)
    assert store.locks.acquire(OTHER, "key", 1000)
    assert not store.locks.release(TASK, "key")
    clock.tick(1)
    assert not store.locks.release(OTHER, "key")


def test_their_owner_prolongs_them(store, clock):
    assert store.locks.acquire(TASK, "key", 1000)
    clock.tick(0.5)
    assert store.locks.acquire(TASK, "key", 1000)
    clock.tick(0.9)
    assert not store.locks.acquire(OTHER, "key", 1000)


def test_releasing_all_of_a_task(store):
    for key in "abc":
        assert store.locks.acquire(TASK, key, 1000)
    assert store.locks.acquire(OTHER, "d", 1000)
    store.locks.release_all(TASK)
    store.locks.release_all(Task("nobody", "knows", "it"))
    assert [store.locks.acquire(OTHER, key, 1000) for key in "abc"] == [True] * 3
    assert not store.locks.acquire(TASK, "d", 1000)


def test_locks_of_environments(path, clock):
    with Store.open(path, clock) as dev, Store.open(path, clock, environment="prod") as prod:
        assert dev.locks.acquire(TASK, "key", 1000)
        assert prod.locks.acquire(TASK, "key", 1000)
        dev.locks.release_all(TASK)
        assert not prod.locks.acquire(OTHER, "key", 1000)
