"""Batches on their way to the environment."""

from __future__ import annotations

from typing import Any

import pytest
from execution.workbench import Workbench, sync

from nango_cli.environments.destination import Counts
from nango_cli.execution.event import LogLine, RecordsSaved
from nango_cli.execution.outcome import Outcome

ISSUES = sync("issues", "Issue")


def save(bench: Workbench, records: list[Any], method: str = "batch_save") -> Outcome:
    return bench.run(ISSUES, f"def fetch_data(nango):\n    nango.{method}({records!r})")


def problems(outcome: Outcome) -> list[str]:
    return [f"{each.path} {each.message}" for record in outcome.invalid for each in record.problems]


def test_the_last_record_of_an_id_wins(bench: Workbench) -> None:
    outcome = save(bench, [{"id": 1, "title": "a"}, {"id": 2, "title": "b"}, {"id": 1, "title": "c"}])
    assert bench.saved == [{"id": 2, "title": "b"}, {"id": 1, "title": "c"}]
    assert outcome.counts == {"Issue": Counts(added=2)}
    text = "1 of 3 Issue records have the id of a later one, which replaces them"
    assert bench.events == [LogLine("warn", text), RecordsSaved("Issue", 2, counts=Counts(added=2))]


def test_nangos_metadata_is_taken_off(bench: Workbench) -> None:
    outcome = save(bench, [{"id": 1, "title": "a", "_nango_metadata": {"first_seen_at": "x"}}])
    assert outcome.status == "success"
    assert bench.saved == [{"id": 1, "title": "a"}]


def test_invalid_records_are_all_reported_and_not_written(bench: Workbench) -> None:
    good = [{"id": number, "title": "fine"} for number in range(3)]
    outcome = save(bench, [*good, {"id": "x", "title": None}, {"title": "no id"}, "text", {"id": "", "title": "a"}])
    assert outcome.status == "failure"
    assert outcome.failure is not None
    assert (outcome.failure.code, outcome.failure.message) == ("NG602", "4 records do not fit Issue")
    assert problems(outcome) == [
        'records[3].id expected a number, got "x"',
        "records[3].title expected a string, got null",
        "records[4].id is missing",
        'records[5] expected an object, got "text"',
        'records[6].id expected a number, got ""',
    ]
    first = outcome.invalid[0]
    assert (first.model, first.operation, first.batch, first.id, first.code) == ("Issue", "save", 1, "x", "NG602")
    assert outcome.counts == {"Issue": Counts(added=3)}
    assert bench.saved == good


def test_updates_may_be_partial_and_deletes_need_an_id_only(bench: Workbench) -> None:
    outcome = save(bench, [{"id": 1}, {"id": 2, "title": 3}, {"title": "x"}], "batch_update")
    assert outcome.counts == {"Issue": Counts(updated=1)}
    assert problems(outcome) == ["records[1].title expected a string, got the number 3", "records[2].id is missing"]
    outcome = save(bench, [{"id": 1}, {"id": 2, "title": 3}, {}, 4], "batch_delete")
    assert outcome.counts == {"Issue": Counts(deleted=2)}
    assert problems(outcome) == ["records[2].id is missing", "records[3] is not an object"]


def test_records_of_every_kind(bench: Workbench) -> None:
    outcome = bench.run(
        ISSUES,
        """
        from dataclasses import dataclass
        from datetime import datetime, timezone
        from models import Issue

        @dataclass
        class Row:
            id: int
            title: datetime

        def fetch_data(nango):
            when = datetime(2026, 1, 2, tzinfo=timezone.utc)
            nango.batch_save((each for each in [Issue(id=1, title="a"), Row(2, when), {"id": 3, "title": when}]))
            nango.batch_save([])
        """,
    )
    assert outcome.failure is None
    stamp = "2026-01-02T00:00:00+00:00"
    assert bench.saved == [{"id": 1, "title": "a"}, {"id": 2, "title": stamp}, {"id": 3, "title": stamp}]


@pytest.mark.parametrize(
    ("call", "message", "help"),
    [
        ("nango.batch_save([{'id': 1}])", "the sync `two` has 2 outputs", "pass one of them: Issue, Tree"),
        ("nango.batch_save([], 'Isue')", "`Isue` is not an output of the sync `two`", "its outputs: Issue, Tree"),
        ("nango.batch_save({'id': 1}, 'Issue')", "records come as a list, not as one dict", None),
        ("nango.batch_save(models.Issue(id=1, title=''), 'Issue')", "records come as a list, not as one Issue", None),
        ("nango.batch_save([{'id': object()}], 'Issue')", "records[0].id is an object, which JSON cannot hold", None),
    ],
)
def test_misuse(bench: Workbench, call: str, message: str, help: str | None) -> None:
    outcome = bench.run(sync("two", "Issue", "Tree"), f"import models\ndef fetch_data(nango):\n    {call}")
    assert outcome.failure is not None
    assert (outcome.failure.message, outcome.failure.help) == (message, help)


def test_models_choose_their_destination(bench: Workbench) -> None:
    text = """
        from models import Issue

        def fetch_data(nango):
            nango.batch_save([Issue(id=1, title="a")], Issue)
            nango.batch_save([{"id": "t", "children": [{"id": "u", "children": []}]}], "Tree")
    """
    outcome = bench.run(sync("two", "Issue", "Tree"), text)
    assert outcome.counts == {"Issue": Counts(added=1), "Tree": Counts(added=1)}


def test_records_are_counted_across_batches(bench: Workbench) -> None:
    records = "({'id': i, 'title': 5 if i == 1100 else 'a'} for i in range(1200))"
    outcome = bench.run(ISSUES, f"def fetch_data(nango):\n    nango.batch_save({records})")
    assert problems(outcome) == ["records[1100].title expected a string, got the number 5"]
