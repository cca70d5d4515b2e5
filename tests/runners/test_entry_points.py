"""What each kind of script is entered by, what it is given, and what becomes of what it returns."""

from __future__ import annotations

from typing import Any

import pytest
from runners.guest import Guests

CONNECTION = {"metadata": {"id": 7, "title": "of metadata"}}


@pytest.fixture(autouse=True)
def connection(guests: Guests) -> None:
    guests.answers["connection.get"] = CONNECTION


def saved(guests: Guests) -> list[Any]:
    return [record for params in guests.said("records.save") for record in params["records"]]


@pytest.mark.parametrize("define", ["def", "async def"])
@pytest.mark.parametrize("future", ["", "from __future__ import annotations\n"])
def test_each_kind(guests: Guests, define: str, future: str) -> None:
    start = f"{future}from models import Issue\n{define} "
    assert guests.output(f"{start}run_action(nango): return Issue(id=1)") == {"id": 1, "title": ""}
    assert guests.output(f"{start}run_action(nango, input: Issue): return input.id", input={"id": 2}) == 2
    assert guests.output(f"{start}on_event(nango): nango.log(nango.variant)", "on-event") is None
    guests.output(f"{start}fetch_data(nango): return [Issue(id=3)]", "sync")
    guests.output(f"{start}fetch_data(nango, metadata: Issue): return [metadata]", "sync")
    webhook = "on_webhook_payload_received(nango, payload: Issue): nango.batch_save([payload])"
    guests.output(start + webhook, "webhook", input={"id": 4})
    assert saved(guests) == [{"id": 3, "title": ""}, CONNECTION["metadata"], {"id": 4, "title": ""}]


ISSUE = {"id": 1}


@pytest.mark.parametrize(
    ("annotation", "input", "expected"),
    [
        ("Issue", ISSUE, "Issue(id=1, title='')"),
        ("'Issue'", ISSUE, "Issue(id=1, title='')"),
        ("models.Issue", ISSUE, "Issue(id=1, title='')"),
        ("Issue | None", None, "None"),
        ("Optional[Issue]", ISSUE, "Issue(id=1, title='')"),
        ("list[Issue]", [ISSUE], "[Issue(id=1, title='')]"),
        ("list[Issue] | None", [ISSUE], "[Issue(id=1, title='')]"),
        ("dict[str, Issue]", {"a": ISSUE}, "{'a': Issue(id=1, title='')}"),
        ("Point", {"when": "2026-01-02", "issue": ISSUE}, "Point(datetime.date(2026, 1, 2), Issue(id=1, title=''))"),
        ("list[Point]", [], "[]"),
        ("Issue | Point", ISSUE, "Issue(id=1, title='')"),
        ("Shape", {"x": "y"}, "{'x': 'y'}"),
        ("dict", {"x": 1}, "{'x': 1}"),
        ("dict[str, Any]", {"x": 1}, "{'x': 1}"),
        ("str", 1, "1"),
        ("Any", [1], "[1]"),
        ("nonsense.at(all)", [1], "[1]"),
        ("None", None, "None"),
    ],
)
@pytest.mark.parametrize("future", ["", "from __future__ import annotations"])
def test_annotated_input(guests: Guests, annotation: str, input: Any, expected: str, future: str) -> None:
    if "nonsense" in annotation and not future:
        return
    text = f"""
        {future}
        import datetime
        import models
        from dataclasses import dataclass
        from typing import Any, Optional, TypedDict
        from models import Issue

        @dataclass
        class Point:
            when: datetime.date
            issue: Issue
            def __repr__(self): return f"Point({{self.when!r}}, {{self.issue!r}})"

        class Shape(TypedDict):
            x: int

        def run_action(nango, input: {annotation}): return repr(input)
    """
    assert guests.output(text, input=input) == expected


@pytest.mark.parametrize(
    ("kind", "text", "code", "message"),
    [
        ("action", "def run_action(nango, input: Issue): pass", "NG603", "the input does not fit Issue: id: Field "),
        ("action", "def run_action(nango, input: list[Issue]): pass", "NG603", "the input does not fit list[Issue]: "),
        ("sync", "def fetch_data(nango, metadata: Other): pass", "NG606", "the connection's metadata does not fit Oth"),
        ("sync", "def fetch_data(nango): nango.get_metadata(Other)", "NG606", "the connection's metadata does not fi"),
        ("webhook", "def on_webhook_payload_received(nango, payload: Issue): pass", "NG603", "the payload does not "),
        ("webhook", "def fetch_data(nango): pass", "NG402", "script.py has no function `on_webhook_payload_received`"),
        ("webhook", "def on_webhook_payload_received(a, b, c): pass", "NG402", "`on_webhook_payload_received` has "),
        ("on-event", "def on_event(a, b): pass", "NG402", "`on_event` has the wrong parameters"),
        ("on-event", "on_event = 3", "NG402", "script.py has no function `on_event`"),
        ("action", "def run_action(*, nango): pass", "NG402", "`run_action` has the wrong parameters"),
        ("sync", "async def fetch_data(nango):\n    yield []", None, "`fetch_data` returned an async_generator"),
    ],
)
def test_what_does_not_fit(guests: Guests, kind: str, text: str, code: str | None, message: str) -> None:
    start = "from models import Issue\nclass Other(Issue):\n    no: str\n"
    error = guests.error(start + text, kind, input={"x": 1})
    assert error.get("code") == code
    assert error["message"].startswith(message)


def test_a_sync_without_one_output_returns_nothing(guests: Guests) -> None:
    assert guests.output("def fetch_data(nango): return []", "sync", outputs=[]) is None
    error = guests.error("def fetch_data(nango): return [{'id': 1}]", "sync", outputs=["A", "B"])
    assert error["message"] == "the sync `script` has 2 outputs"


def test_dataclasses_and_generators_of_records(guests: Guests) -> None:
    text = """
        from dataclasses import dataclass
        @dataclass
        class Issue:
            id: int

        def fetch_data(nango):
            nango.batch_save((Issue(id) for id in range(2500)), Issue)
            return [Issue(9)]
    """
    guests.output(text, "sync")
    assert [len(params["records"]) for params in guests.said("records.save")] == [1000, 1000, 500, 1]
    assert [record["id"] for record in saved(guests)] == [*range(2500), 9]


def test_what_a_script_knows(guests: Guests) -> None:
    text = "def run_action(nango): return [nango.environment_name, nango.variant, nango.provider]"
    assert guests.output(text, environment="prod", variant="eu") == ["prod", "eu", "github"]
