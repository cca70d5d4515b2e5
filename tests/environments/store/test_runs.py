"""Runs, their requests, and what they changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nango_cli.environments.destination import Destination, Task
from nango_cli.environments.store.change import RecordChange, compare
from nango_cli.environments.store.runs import Request
from nango_cli.environments.store.store import Store

TASK = Task("github", "demo", "issues", "eu")
ISSUES = Destination(TASK, "Issue")


def test_life_of_a_run(store, clock):
    run = store.runs.start(TASK, "sync", input={"a": 1}, dry=True)
    started = store.runs.get(run)
    assert (started.task, started.kind, started.dry, started.status) == (TASK, "sync", True, "running")
    assert (started.started, started.finished, started.input, started.outcome) == (clock(), None, {"a": 1}, None)
    clock.tick()
    store.runs.finish(run, "failed", {"error": "no"})
    ended = store.runs.get(run)
    assert (ended.status, ended.finished, ended.outcome) == ("failed", clock(), {"error": "no"})
    assert store.runs.get(run + 1) is None


def test_requests(store):
    run = store.runs.start(TASK, "sync")
    requests = [Request("GET", f"https://example.com/{page}", 200, 0.125, {"page": page}) for page in range(5)]
    store.runs.add_requests(run, requests[:3])
    store.runs.add_requests(run, requests[3:])
    store.runs.add_requests(run, [Request("POST", "https://example.com", None, 1.0)])
    assert store.runs.requests(run) == [*requests, Request("POST", "https://example.com", None, 1.0)]


def test_latest(store):
    other = Task("github", "demo", "users")
    runs = [store.runs.start(task, "sync") for task in (TASK, other, TASK, TASK)]
    assert [run.id for run in store.runs.latest()] == runs[::-1]
    assert [run.id for run in store.runs.latest(limit=2)] == runs[:1:-1]
    assert [run.id for run in store.runs.latest(before=runs[2])] == [runs[1], runs[0]]
    assert [run.id for run in store.runs.latest(TASK)] == [runs[3], runs[2], runs[0]]


def test_environments_do_not_see_each_other(path, clock):
    with Store.open(path, clock) as dev, Store.open(path, clock, environment="prod") as prod:
        run = dev.runs.start(TASK, "sync")
        assert prod.runs.latest() == []
        assert prod.runs.get(run) is None


def changes_of(store: Store, run: int) -> list[tuple[str, str, str, object]]:
    return [(change.model, change.id, change.action, change.record) for change in store.runs.changes(run)]


def test_changes_are_noted_with_the_records(store):
    store.records.save(ISSUES, [{"id": "a", "v": 1}, {"id": "b"}, {"id": "c"}])
    run = store.runs.start(TASK, "sync")
    records = store.run_records(run)
    records.start_tracking(ISSUES)
    records.save(ISSUES, [{"id": "a", "v": 2}, {"id": "b"}, {"id": "d"}, {"id": "e"}])
    records.update(ISSUES, [{"id": "d", "v": 3}])
    records.delete(ISSUES, [{"id": "e"}])
    records.end_tracking(ISSUES)
    assert changes_of(store, run) == [
        ("Issue::eu", "a", "UPDATED", {"id": "a", "v": 2}),
        ("Issue::eu", "b", "UNCHANGED", {"id": "b"}),
        ("Issue::eu", "c", "DELETED", None),
        ("Issue::eu", "d", "ADDED", {"id": "d", "v": 3}),
        ("Issue::eu", "e", "DELETED", None),
    ]


def test_changes_of_a_temporary_store_are_kept(file_store, clock):
    run = file_store.runs.start(TASK, "sync", dry=True)
    many = [{"id": f"{number:05}", "v": number} for number in range(1200)]
    with Store.open(None, clock) as temporary:
        temporary.records.save(ISSUES, many)
        temporary.records.delete(ISSUES, many[:1])
        file_store.runs.keep(run, temporary.records.changes(ISSUES))
    kept = changes_of(file_store, run)
    assert kept[0] == ("Issue::eu", "00000", "DELETED", None)
    assert kept[1:] == [("Issue::eu", record["id"], "ADDED", record) for record in many[1:]]


def change(id: str, content: str = "x", model: str = "Issue") -> RecordChange:
    return RecordChange(model, id, "ADDED", content.encode(), content.encode())


A, B, C = change("a"), change("b"), change("c")
DIFFERENCES = [
    ([], [], []),
    ([A, B], [A, B], []),
    ([A], [], [("a", A, None)]),
    ([], [A], [("a", None, A)]),
    ([A, C], [B, C], [("a", A, None), ("b", None, B)]),
    ([B], [A, C], [("a", None, A), ("b", B, None), ("c", None, C)]),
    ([A, B], [A, change("b", "y")], [("b", B, change("b", "y"))]),
    (
        [change("b", "", "A")],
        [change("a", "", "B")],
        [("b", change("b", "", "A"), None), ("a", None, change("a", "", "B"))],
    ),
]


@pytest.mark.parametrize(("before", "after", "expected"), DIFFERENCES)
def test_compare(before, after, expected):
    assert [(each.id, each.before, each.after) for each in compare(before, after)] == expected


def test_comparing_two_runs(store):
    runs = []
    for version in (1, 2):
        run = store.runs.start(TASK, "sync")
        with Store.open(None) as temporary:
            temporary.records.save(ISSUES, [{"id": "a", "v": 1}, {"id": "b", "v": version}])
            store.runs.keep(run, temporary.records.changes(ISSUES))
        runs.append(run)
    (difference,) = compare(*(store.runs.changes(run) for run in runs))
    assert (difference.before.record, difference.after.record) == ({"id": "b", "v": 1}, {"id": "b", "v": 2})


def test_forgetting(store, clock):
    old, new, running = (store.runs.start(TASK, "sync") for _ in range(3))
    for run in (old, new, running):
        store.runs.add_requests(run, [Request("GET", "https://example.com", 200, 0)])
        store.run_records(run).save(ISSUES, [{"id": str(run)}])
    store.runs.finish(old, "succeeded")
    clock.tick()
    store.runs.finish(new, "succeeded")
    assert store.runs.forget(clock()) == 1
    assert [run.id for run in store.runs.latest()] == [running, new]
    assert (store.runs.requests(old), list(store.runs.changes(old))) == ([], [])
    assert (len(store.runs.requests(new)), len(list(store.runs.changes(new)))) == (1, 1)
    assert store.runs.forget(clock() + timedelta(days=1)) == 1
