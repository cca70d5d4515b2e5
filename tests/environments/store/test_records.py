"""The role Records, over both kinds of store."""

from __future__ import annotations

import pytest

from nango_cli.environments.destination import Counts, Destination, Task
from nango_cli.environments.environment import Locks, Records, State
from nango_cli.environments.store.database import StoreFailure
from nango_cli.environments.store.store import Store

TASK = Task("github", "demo", "issues")
ISSUES = Destination(TASK, "Issue")
ACTION = Destination(Task("github", "demo", "create-issue"), "Issue")
OTHERS = [
    Destination(Task("github", "other", "issues"), "Issue"),
    Destination(Task("gitlab", "demo", "issues"), "Issue"),
    Destination(TASK, "User"),
    Destination(Task("github", "demo", "issues", "eu"), "Issue"),
]


def ids(store: Store, destination: Destination = ISSUES) -> list[str]:
    return [record["id"] for record in store.records.read(destination, limit=1000).records]


def rows(*names: str, **fields: object) -> list[dict[str, object]]:
    return [{"id": name, **fields} for name in names]


def test_roles(store):
    records: Records = store.records
    state: State = store.state
    locks: Locks = store.locks
    assert records and state and locks


def test_life_of_a_record(store, clock):
    assert store.records.save(ISSUES, rows("a", v=1)) == Counts(added=1)
    clock.tick()
    assert store.records.save(ISSUES, rows("a", v=1)) == Counts(unchanged=1)
    assert store.records.update(ISSUES, rows("a", w=1)) == Counts(updated=1)
    (record,) = store.records.read(ISSUES).records
    cursor = record["_nango_metadata"].pop("cursor")
    assert record == {
        "id": "a",
        "v": 1,
        "w": 1,
        "_nango_metadata": {
            "first_seen_at": "2026-01-31T09:00:00.000000+00:00",
            "last_modified_at": "2026-01-31T09:00:01.000000+00:00",
            "last_action": "UPDATED",
            "deleted_at": None,
            "pruned_at": None,
        },
    }
    clock.tick()
    assert store.records.delete(ISSUES, rows("a")) == Counts(deleted=1)
    (record,) = store.records.read(ISSUES).records
    assert record["_nango_metadata"].pop("cursor") > cursor
    assert record == {
        "id": "a",
        "v": 1,
        "w": 1,
        "_nango_metadata": {
            "first_seen_at": "2026-01-31T09:00:00.000000+00:00",
            "last_modified_at": "2026-01-31T09:00:02.000000+00:00",
            "last_action": "DELETED",
            "deleted_at": "2026-01-31T09:00:02.000000+00:00",
            "pruned_at": None,
        },
    }
    assert store.records.get(ISSUES, ["a"]) == {}
    assert store.records.save(ISSUES, rows("a", v=1, w=1)) == Counts(added=1)
    metadata = store.records.get(ISSUES, ["a"])["a"]["_nango_metadata"]
    assert (metadata["last_action"], metadata["deleted_at"]) == ("ADDED", None)
    assert metadata["first_seen_at"] == "2026-01-31T09:00:00.000000+00:00"


def test_collections_do_not_see_each_other(store):
    store.records.save(ISSUES, rows("a", "b"))
    for other in OTHERS:
        assert store.records.read(other).records == ()
        assert store.records.save(other, rows("a")) == Counts(added=1)
        assert store.records.delete(other, rows("a")) == Counts(deleted=1)
    assert ids(store) == ["a", "b"]
    assert [each.size for each in store.records.collections()] == [2, 0, 0, 0, 0]
    assert {each.model for each in store.records.collections()} == {"Issue", "Issue::eu", "User"}
    cursor = store.records.read(ISSUES).records[0]["_nango_metadata"]["cursor"]
    with pytest.raises(StoreFailure, match="is not a cursor of these records"):
        store.records.read(OTHERS[0], cursor)


def test_scripts_share_a_model(store):
    store.records.save(ISSUES, rows("a"))
    assert store.records.save(ACTION, rows("a")) == Counts(unchanged=1)


def test_environments_do_not_see_each_other(path, clock):
    with Store.open(path, clock) as dev, Store.open(path, clock, environment="prod") as prod:
        dev.records.save(ISSUES, rows("a"))
        assert prod.records.save(ISSUES, rows("a", "b")) == Counts(added=2)
        assert ids(dev) == ["a"]


def test_ids_are_text_or_numbers(store):
    assert store.records.save(ISSUES, [{"id": 1}, {"id": 2.5}, {"id": "x"}]) == Counts(added=3)
    found = store.records.get(ISSUES, ["1", "2.5", "x", "y"])
    assert {id: record["id"] for id, record in found.items()} == {"1": 1, "2.5": 2.5, "x": "x"}
    assert store.records.delete(ISSUES, [{"id": "1"}]) == Counts(deleted=1)


@pytest.mark.parametrize("id", ["\0", "a\0b", "ü", "'", '"', "\ud800", "😀", "%", " ", "x" * 5000])
def test_any_text_is_an_id(store, id):
    assert store.records.save(ISSUES, [{"id": id}]) == Counts(added=1)
    assert store.records.save(ISSUES, [{"id": id}]) == Counts(unchanged=1)
    assert [record["id"] for record in store.records.get(ISSUES, [id]).values()] == [id]
    assert store.records.delete(ISSUES, [{"id": id}]) == Counts(deleted=1)


def test_the_last_of_an_id_counts(store):
    assert store.records.save(ISSUES, [{"id": 1, "v": 1}, {"id": "1", "v": 2}]) == Counts(added=1)
    assert store.records.get(ISSUES, ["1"])["1"]["v"] == 2


def test_large_batches(store):
    many = rows(*map(str, range(2500)))
    assert store.records.save(ISSUES, many) == Counts(added=2500)
    assert store.records.save(ISSUES, many) == Counts(unchanged=2500)
    assert len(store.records.get(ISSUES, [record["id"] for record in many])) == 2500
    assert store.records.delete(ISSUES, many) == Counts(deleted=2500)


def test_pages_in_the_order_of_changes(store):
    store.records.save(ISSUES, rows("c", "a", "b", "e", "d"))
    store.records.save(ISSUES, rows("a", v=2))
    first = store.records.read(ISSUES, limit=2)
    assert [record["id"] for record in first.records] == ["c", "b"]
    second = store.records.read(ISSUES, first.next_cursor, limit=3)
    assert [record["id"] for record in second.records] == ["e", "d", "a"]
    assert second.next_cursor is None
    last = second.records[-1]["_nango_metadata"]["cursor"]
    assert store.records.read(ISSUES, last).records == ()
    store.records.delete(ISSUES, rows("c"))
    assert [record["id"] for record in store.records.read(ISSUES, last).records] == ["c"]


def test_what_changes_while_somebody_pages_is_not_missed(store):
    store.records.save(ISSUES, rows(*"abcdefgh"))
    seen: list[tuple[str, object]] = []
    cursor = None
    for turn in range(100):
        page = store.records.read(ISSUES, cursor, limit=2)
        seen += [(record["id"], record.get("v")) for record in page.records]
        cursor = page.records[-1]["_nango_metadata"]["cursor"]
        if turn == 1:
            store.records.save(ISSUES, rows("a", "h", v=2))
        if page.next_cursor is None:
            break
    assert seen == [(id, None) for id in "abcdefg"] + [("a", 2), ("h", 2)]


def test_filters(store, clock):
    store.records.save(ISSUES, rows("a", "b", "c"))
    before = clock()
    clock.tick()
    store.records.save(ISSUES, rows("a", v=1))
    store.records.delete(ISSUES, rows("b"))

    def read(**options: object) -> list[str]:
        return [record["id"] for record in store.records.read(ISSUES, **options).records]

    assert read(modified_after=before) == ["a", "b"]
    assert read(actions=["ADDED", "DELETED"]) == ["c", "b"]
    assert read(actions=["UPDATED"], modified_after=before) == ["a"]


@pytest.mark.parametrize("cursor", ["", "x", "ü", "AAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA", "*" * 11])
def test_a_cursor_that_is_none(store, cursor):
    store.records.save(ISSUES, rows("a"))
    with pytest.raises(StoreFailure, match="is not a cursor") as caught:
        store.records.read(ISSUES, cursor)
    assert caught.value.code == "NG707"
    assert caught.value.help


def test_tracking_deletes(store):
    store.records.save(ISSUES, rows("a", "b", "c", "d", "e", "f"))
    store.records.delete(ISSUES, rows("f"))
    store.records.start_tracking(ISSUES)
    store.records.save(ISSUES, rows("a"))
    store.records.save(ISSUES, rows("b", v=2))
    store.records.update(ISSUES, rows("c"))
    store.records.save(ISSUES, rows("new"))
    assert store.records.end_tracking(ISSUES) == ["d", "e"]
    assert [
        each["_nango_metadata"]["last_action"] for each in store.records.read(ISSUES).records if each["id"] in "de"
    ] == [
        "DELETED",
        "DELETED",
    ]
    assert sorted(store.records.get(ISSUES, [*"abcdef", "new"])) == ["a", "b", "c", "new"]
    with pytest.raises(StoreFailure, match="deletes of `Issue` were not being tracked"):
        store.records.end_tracking(ISSUES)


def test_tracking_everything_away(store):
    store.records.save(ISSUES, rows(*(f"{number:05}" for number in range(2500))))
    store.records.start_tracking(ISSUES)
    assert store.records.end_tracking(ISSUES) == [f"{number:05}" for number in range(2500)]
    store.records.start_tracking(ISSUES)
    assert store.records.end_tracking(ISSUES) == []


def test_tracking_is_of_one_task_and_keeps_what_others_add(store):
    store.records.save(ISSUES, rows("a", "b", "c"))
    store.records.start_tracking(ISSUES)
    store.records.start_tracking(ACTION)
    store.records.save(ISSUES, rows("a"))
    store.records.save(ACTION, rows("b"))
    store.records.save(ACTION, rows("made"))
    assert store.records.end_tracking(ISSUES) == ["b", "c"]
    assert store.records.end_tracking(ACTION) == ["a"]
    assert sorted(store.records.get(ISSUES, ["a", "b", "c", "made"])) == ["made"]


def test_tracking_survives_an_interruption(path, clock):
    with Store.open(path, clock) as store:
        store.records.save(ISSUES, rows("a", "b", "c"))
        store.records.start_tracking(ISSUES)
        store.records.save(ISSUES, rows("a"))
    with Store.open(path, clock) as store:
        store.records.start_tracking(ISSUES)
        store.records.save(ISSUES, rows("b"))
        assert store.records.end_tracking(ISSUES) == ["c"]


def test_merging_strategy(store):
    run = store.run_records()
    run.save(ISSUES, rows("a", "b"))
    run.set_merging_strategy(ISSUES, "ignore_if_modified_after")
    store.records.save(ACTION, rows("a", by="action"))
    assert run.save(ISSUES, rows("a", "b", by="sync")) == Counts(updated=1, unchanged=1)
    assert run.save(ISSUES, rows("b", by="sync again")) == Counts(updated=1)
    assert store.records.get(ISSUES, ["a"])["a"]["by"] == "action"
    another = store.run_records()
    assert another.save(ISSUES, rows("a", by="sync")) == Counts(updated=1)
    store.records.save(ACTION, rows("a", by="action"))
    run.set_merging_strategy(ISSUES, "override")
    assert run.save(ISSUES, rows("a", by="sync")) == Counts(updated=1)


def test_merging_strategy_before_there_is_anything(store):
    run = store.run_records()
    run.set_merging_strategy(ISSUES, "ignore_if_modified_after")
    store.records.save(ACTION, rows("a"))
    assert run.save(ISSUES, rows("a", v=1)) == Counts(unchanged=1)


def test_what_is_ignored_was_seen(store):
    run = store.run_records()
    run.save(ISSUES, rows("a", "b"))
    run.start_tracking(ISSUES)
    run.set_merging_strategy(ISSUES, "ignore_if_modified_after")
    store.records.save(ACTION, rows("a", by="action"))
    run.save(ISSUES, rows("a"))
    assert run.end_tracking(ISSUES) == ["b"]


def test_pruning(store, clock):
    store.records.save(ISSUES, [{"id": number, "v": 1} for number in range(1500)])
    cursor = store.records.read(ISSUES, limit=1200).next_cursor
    assert store.records.prune(ISSUES, cursor) == 1200
    assert store.records.prune(ISSUES, cursor) == 0
    found = store.records.get(ISSUES, ["0", "1300"])
    assert found["0"].pop("_nango_metadata")["pruned_at"] == "2026-01-31T09:00:00.000000+00:00"
    assert found["0"] == {"id": 0}
    assert found["1300"]["_nango_metadata"]["pruned_at"] is None
    assert store.records.save(ISSUES, [{"id": 0, "v": 1}]) == Counts(unchanged=1)
    assert store.records.save(ISSUES, [{"id": 0, "v": 2}]) == Counts(updated=1)
    assert store.records.get(ISSUES, ["0"])["0"]["_nango_metadata"]["pruned_at"] is None


def test_a_batch_that_fails_leaves_nothing(store):
    with pytest.raises(TypeError):
        store.records.save(ISSUES, [*rows("a"), {"id": "b", "v": object()}])
    assert ids(store) == []
    assert store.records.save(ISSUES, rows("a")) == Counts(added=1)


def test_what_json_cannot_say_briefly(store):
    record = {"id": "a", "long": 2**80, "half": "\udc00"}
    assert store.records.save(ISSUES, [record]) == Counts(added=1)
    assert store.records.save(ISSUES, [record]) == Counts(unchanged=1)
    assert store.records.update(ISSUES, [{"id": "a", "v": 1}]) == Counts(updated=1)
    found = store.records.get(ISSUES, ["a"])["a"]
    del found["_nango_metadata"]
    assert found == {**record, "v": 1}
