"""What each method of `nango` asks the host, and what it makes of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from pydantic import BaseModel

from nango_cli.sdk import ActionError, NangoAction, NangoSync, Response, SdkError
from nango_cli.sdk.context import Context

CONTEXT = Context("jira", "c1", "jira-basic", "issues", ("Issue", "Old-Issue"), environment="prod", variant="eu")


class Issue(BaseModel):
    id: int
    title: str = ""


class OldIssue(BaseModel):
    id: int


@dataclass
class Place:
    page: int
    done: bool = False


class Recorder:
    """Answers by method, or in turn if there is a list of answers."""

    def __init__(self, **answers: Any) -> None:
        self.answers = {name.replace("_", ".", 1): answer for name, answer in answers.items()}
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def call(self, method: str, params: dict[str, Any]) -> Any:
        self.asked.append((method, params))
        answer = self.answers.get(method)
        return answer.pop(0) if isinstance(answer, list) else answer


def made(**answers: Any) -> tuple[NangoSync, Recorder]:
    recorder = Recorder(**answers)
    return NangoSync(recorder, CONTEXT), recorder


def test_what_it_knows() -> None:
    nango, _ = made()
    assert nango.connection_id == "c1"
    assert nango.provider_config_key == "jira"
    assert nango.provider == "jira-basic"
    assert nango.environment_name == "prod"
    assert nango.variant == "eu"
    assert nango.last_sync_date is None


@pytest.mark.parametrize(
    ("call", "method", "params"),
    [
        (lambda nango: nango.get_connection("a", "b", force_refresh=True), "connection.get", ("a", "b", True)),
        (lambda nango: nango.get_connection(), "connection.get", (None, None, False)),
        (lambda nango: nango.get_token(), "connection.token", (None, None, False)),
    ],
)
def test_connections(call: Any, method: str, params: Any) -> None:
    nango, recorder = made(connection_get={"metadata": {}})
    call(nango)
    names = ("integration", "connection_id", "force_refresh")
    assert recorder.asked == [(method, dict(zip(names, params, strict=True)))]


@pytest.mark.parametrize(
    ("call", "asked"),
    [
        (lambda nango: nango.set_metadata(Place(1)), ("metadata.set", {"metadata": {"page": 1, "done": False}})),
        (lambda nango: nango.update_metadata({"a": 1}), ("metadata.update", {"metadata": {"a": 1}})),
        (lambda nango: nango.set_metadata(Issue(id=1)), ("metadata.set", {"metadata": {"id": 1, "title": ""}})),
        (lambda nango: nango.get_integration(["webhook"]), ("integration.get", {"include": ["webhook"]})),
        (lambda nango: nango.get_environment_variables(), ("variables.get", {})),
        (lambda nango: nango.get_checkpoint(), ("checkpoint.get", {})),
        (lambda nango: nango.save_checkpoint({"page": True}), ("checkpoint.save", {"checkpoint": {"page": True}})),
        (lambda nango: nango.clear_checkpoint(), ("checkpoint.clear", {})),
        (lambda nango: nango.try_acquire_lock("k", 500), ("lock.acquire", {"key": "k", "ttl_ms": 500})),
        (lambda nango: nango.release_lock("k"), ("lock.release", {"key": "k"})),
        (lambda nango: nango.release_all_locks(), ("lock.release_all", {})),
        (
            lambda nango: nango.trigger_sync("i", "c", "s", "full_refresh", variant="eu"),
            (
                "sync.trigger",
                {"integration": "i", "connection_id": "c", "sync": "s", "variant": "eu", "mode": "full_refresh"},
            ),
        ),
        (
            lambda nango: nango.trigger_sync("i", "c", "s"),
            (
                "sync.trigger",
                {"integration": "i", "connection_id": "c", "sync": "s", "variant": "base", "mode": "incremental"},
            ),
        ),
        (
            lambda nango: nango.start_sync("i", ["a", {"name": "b", "variant": "eu"}]),
            (
                "sync.start",
                {
                    "integration": "i",
                    "connection_id": "c1",
                    "syncs": [{"name": "a", "variant": "base"}, {"name": "b", "variant": "eu"}],
                },
            ),
        ),
        (
            lambda nango: nango.set_merging_strategy("override", "Issue"),
            ("records.strategy", {"model": "Issue", "strategy": "override"}),
        ),
        (
            lambda nango: nango.set_merging_strategy({"strategy": "ignore_if_modified_after"}, Issue),
            ("records.strategy", {"model": "Issue", "strategy": "ignore_if_modified_after"}),
        ),
        (lambda nango: nango.track_deletes_start(OldIssue), ("deletes.start", {"model": "Old-Issue"})),
    ],
)  # fmt: skip
def test_questions(call: Any, asked: Any) -> None:
    nango, recorder = made()
    call(nango)
    assert recorder.asked == [asked]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda nango: nango.set_metadata([1]), "metadata is a dict, a model or a dataclass, not a list"),
        (lambda nango: nango.save_checkpoint(3), "a checkpoint is a dict, a model or a dataclass, not an int"),
        (
            lambda nango: nango.save_checkpoint({"a": {"b": 1}}),
            "checkpoint.a is a dict; a checkpoint holds text, numbers, true and false only",
        ),
        (
            lambda nango: nango.save_checkpoint({"a": None}),
            "checkpoint.a is None; a checkpoint holds text, numbers, true and false only",
        ),
        (lambda nango: nango.try_acquire_lock("k", 0), "`ttl_ms` is a number of milliseconds, not 0"),
        (lambda nango: nango.trigger_sync("i", "c", "s", "full"), "there is no mode 'full'"),
        (lambda nango: nango.start_sync("i", "abc"), "syncs come as a list of names, not as one text"),
        (
            lambda nango: nango.start_sync("i", [3]),
            "a sync is named by text or by a dict of `name` and `variant`, not by 3",
        ),
        (lambda nango: nango.set_merging_strategy("x", "Issue"), "there is no merging strategy 'x'"),
        (lambda nango: nango.track_deletes_start("Nope"), "`Nope` is not an output of the sync `issues`"),
        (lambda nango: nango.track_deletes_end(), "the sync `issues` has 2 outputs"),
        (lambda nango: nango.batch_save({"id": 1}, "Issue"), "records come as a list, not as one dict"),
        (lambda nango: nango.batch_save(Issue(id=1), "Issue"), "records come as a list, not as one Issue"),
        (lambda nango: nango.batch_save("text", "Issue"), "records come as a list, not as one str"),
        (
            lambda nango: nango.batch_save([*range(1500), {"a": object()}], "Issue"),
            "records[1500].a is an object, which JSON cannot hold",
        ),
        (lambda nango: nango.get_records_by_ids("12", "Issue"), "ids come as a list, not as one text"),
        (lambda nango: nango.get_integration("webhook"), "`include` is a list, not one text"),
        (lambda nango: nango.get({"endpoint": "/x", "retry_on": 5}), "`retry_on` is a list of statuses, not 5"),
        (lambda nango: nango.set_logger("loud"), "there is no log level 'loud'"),
        (lambda nango: nango.validate_input(int, 3), "int is not a model"),
    ],
)  # fmt: skip
def test_mistakes(call: Any, message: str) -> None:
    nango, _ = made()
    with pytest.raises(SdkError) as caught:
        call(nango)
    assert str(caught.value) == message


def test_models_of_answers() -> None:
    nango, _ = made(action_trigger={"output": {"id": "7"}}, connection_get={"metadata": {"id": 1}})
    assert nango.trigger_action("i", "c", "a") == {"id": "7"}
    assert nango.trigger_action("i", "c", "a", model=Issue) == Issue(id=7)
    assert nango.get_metadata(Issue) == Issue(id=1)
    with pytest.raises(SdkError, match="the connection's metadata does not fit Place: page: Field required") as caught:
        nango.get_metadata(Place)
    assert caught.value.code == "NG606"


def test_a_webhook_url() -> None:
    nango, _ = made(integration_get={"webhook_url": "https://x"})
    assert nango.get_webhook_url() == "https://x"


def test_uncontrolled_fetch() -> None:
    nango, recorder = made(fetch={"status": 404, "headers": {}, "body": {"kind": "text", "value": "no"}})
    assert nango.uncontrolled_fetch("https://x", "POST", {"a": "b"}, [1]) == Response("no", 404, {})
    body = {"kind": "json", "value": [1]}
    assert recorder.asked == [("fetch", {"url": "https://x", "method": "POST", "headers": {"a": "b"}, "body": body})]


def test_listed_records_are_asked_for_as_they_are_used() -> None:
    pages = [{"records": [{"id": 1}], "next_cursor": "n"}, {"records": [{"id": 2}], "next_cursor": None}]
    nango, recorder = made(records_list=pages)
    found = nango.list_records(OldIssue, "start")
    assert recorder.asked == []
    assert next(found) == {"id": 1}
    assert recorder.asked == [("records.list", {"model": "Old-Issue", "cursor": "start"})]
    assert list(found) == [{"id": 2}]


def test_records_by_ids_keep_the_type_of_the_id() -> None:
    answers = [{"records": {"0": {"id": 0}, "5": {"id": 5}}}, {"records": {"100": {"id": 100}}}, {"records": {}}]
    nango, recorder = made(records_get=answers)
    assert nango.get_records_by_ids([*range(150), 5], "Issue") == {0: {"id": 0}, 5: {"id": 5}, 100: {"id": 100}}
    assert [len(params["ids"]) for _, params in recorder.asked] == [100, 50]
    assert recorder.asked[0][1]["ids"][:2] == ["0", "1"]
    assert nango.get_records_by_ids(["a"], "Issue") == {}


def test_batches_are_cut_and_streamed() -> None:
    nango, recorder = made()
    asked_before: list[int] = []

    def records() -> Any:
        for id in range(2500):
            asked_before.append(len(recorder.asked))
            yield Issue(id=id) if id % 2 else {"id": id}

    nango.batch_save(records(), "Issue")
    assert [len(params["records"]) for _, params in recorder.asked] == [1000, 1000, 500]
    assert asked_before[1500] == 1
    assert recorder.asked[2][1]["records"][-1] == {"id": 2499, "title": ""}


def test_deleted_keys() -> None:
    nango, _ = made(deletes_end={"deleted_keys": ["1"]})
    assert nango.track_deletes_end("Issue") == ["1"]


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("debug", ["debug", "info", "warn", "error"]),
        ("warning", ["warn", "error"]),
        ({"level": "error"}, ["error"]),
        ("off", []),
    ],
)
def test_levels(level: Any, expected: list[str]) -> None:
    nango, recorder = made()
    nango.set_logger(level)
    for each in ("debug", "info", "warn", "error"):
        nango.log("x", level=each)
    assert [params["level"] for _, params in recorder.asked] == expected


def test_validate_input() -> None:
    nango, recorder = made()
    assert nango.validate_input(Issue, {"id": 1}) == Issue(id=1)
    with pytest.raises(ActionError) as caught:
        nango.validate_input(Issue, {"title": 3})
    assert caught.value.payload == {
        "message": "Invalid input provided",
        "problems": [
            {"path": "id", "message": "Field required"},
            {"path": "title", "message": "Input should be a valid string"},
        ],
    }
    assert recorder.asked == [
        ("log", {"level": "error", "text": "input.id: Field required"}),
        ("log", {"level": "error", "text": "input.title: Input should be a valid string"}),
    ]


def test_every_method_is_documented() -> None:
    for kind in (NangoAction, NangoSync):
        for name in dir(kind):
            if not name.startswith("_"):
                assert (getattr(kind, name).__doc__ or "").strip(), name
