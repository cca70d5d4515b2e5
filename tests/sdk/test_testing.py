"""The stand-ins that users test their scripts with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import BaseModel

from nango_cli.sdk import ActionError, CursorPagination, HttpError, NangoAction, NangoSync, ProxyConfiguration, SdkError
from nango_cli.sdk.testing import LogLine, Request, Response, action, sync


class Metadata(BaseModel):
    owner: str


class Issue(BaseModel):
    id: int
    title: str = ""


@dataclass
class Day:
    id: int
    when: date


def fetch_data(nango: NangoSync, metadata: Metadata) -> None:
    config = ProxyConfiguration(f"/repos/{metadata.owner}/issues", params={"state": "open"})
    for page in nango.paginate(config):
        nango.batch_save([Issue(id=each["id"]) for each in page], Issue)
    nango.log("done", level="debug")


def test_a_sync() -> None:
    pages = ([{"id": 1}], [{"id": 2}])
    nango = sync(Issue, responses={"GET /repos/octo/issues": pages}, metadata={"owner": "octo"})
    nango.run(fetch_data)
    assert nango.saved == {"Issue": [{"id": 1, "title": ""}, {"id": 2, "title": ""}]}
    assert nango.requests == [Request("GET", "/repos/octo/issues", {"state": "open"})] * 2
    assert nango.logs == [LogLine("debug", "done")]
    assert isinstance(nango, NangoSync)


def test_called_by_hand_or_async_or_returning() -> None:
    nango = sync("Issue", "Day", metadata=Metadata(owner="o"), last_sync_date=datetime(2026, 1, 1, tzinfo=UTC))

    async def returning(nango: NangoSync) -> None:
        assert nango.last_sync_date is not None
        nango.batch_save([Day(1, date(2026, 1, 2))], Day)
        nango.batch_update([{"id": 2}], "Issue")
        nango.batch_delete([{"id": 3}], "Issue")

    nango.run(returning)
    assert nango.saved == {"Day": [{"id": 1, "when": "2026-01-02"}]}
    assert (nango.updated, nango.deleted) == ({"Issue": [{"id": 2}]}, {"Issue": [{"id": 3}]})


def test_a_webhook() -> None:
    nango = sync("Issue")

    def on_webhook_payload_received(nango: NangoSync, payload: Issue) -> None:
        nango.batch_save([payload])

    nango.run(on_webhook_payload_received, {"id": 5})
    assert nango.saved["Issue"] == [{"id": 5, "title": ""}]


def run_action(nango: NangoAction, input: Issue) -> Issue:
    answer = nango.post({"endpoint": "issues", "data": input.model_dump()})
    if answer.data["id"] < 0:
        raise nango.ActionError({"message": "negative"})
    return Issue(id=answer.data["id"], title=answer.headers.get("x-title", ""))


def test_an_action_and_answers_in_turn() -> None:
    answers = ({"id": 1}, Response({"id": 2}, 201, {"x-title": "t"}), Response("no", 404), {"id": -1})
    nango = action({"POST /issues": answers})
    assert nango.run(run_action, {"id": 0}) == {"id": 1, "title": ""}
    assert nango.run(run_action, Issue(id=0)) == {"id": 2, "title": "t"}
    with pytest.raises(HttpError, match="POST issues answered 404: no"):
        nango.run(run_action, {"id": 0})
    with pytest.raises(ActionError, match="negative"):
        nango.run(run_action, {"id": 0})
    with pytest.raises(SdkError, match="the test has no further answer to POST issues"):
        nango.run(run_action, {"id": 0})
    with pytest.raises(SdkError, match="the input does not fit Issue"):
        nango.run(run_action, {})
    assert nango.requests[0].data == {"id": 0, "title": ""}


def test_a_function_answers() -> None:
    def answer(request: Request) -> Any:
        return {"path": request.endpoint} if request.method == "GET" else TimeoutError("slow")

    nango = action(answer)
    assert nango.get({"endpoint": "/a"}).data == {"path": "/a"}
    assert nango.uncontrolled_fetch("https://b").data == {"path": "https://b"}
    with pytest.raises(TimeoutError):
        nango.put({"endpoint": "/a"})


def test_pages_inside_a_body() -> None:
    seen: list[Any] = []
    paginate = CursorPagination(response_path="data.items", on_page=seen.append)
    nango = action({"GET /x": ({"data": {"items": [1]}}, {"data": {"items": [2]}})})
    assert list(nango.paginate(ProxyConfiguration("/x", paginate=paginate))) == [[1], [2]]
    assert seen[1].response.data == {"data": {"items": [2]}}
    with pytest.raises(SdkError, match="the answer to GET /x is not a page of items"):
        list(action({"GET /x": {}}).paginate({"endpoint": "/x"}))


def test_later_pages_are_asked_for_with_the_cursor() -> None:
    paginate = CursorPagination(
        response_path="items", cursor_name_in_request="after", cursor_path_in_response="meta.next"
    )
    nango = action({"GET /x": ({"items": [1], "meta": {"next": "b"}}, {"items": [2], "meta": {}})})
    list(nango.paginate(ProxyConfiguration("/x", params={"q": 1}, paginate=paginate)))
    assert [each.params for each in nango.requests] == [{"q": 1}, {"q": 1, "after": "b"}]


def test_a_request_without_an_answer() -> None:
    with pytest.raises(SdkError) as caught:
        action().get({"endpoint": "/x"})
    assert (str(caught.value), caught.value.help) == (
        "the test has no answer to GET /x",
        'give `responses={"GET /x": ...}`',
    )


def test_state() -> None:
    stored = {"Issue": [{"id": id} for id in range(250)]}
    nango = sync("Issue", records=stored, checkpoint={"page": 1}, metadata={"a": 1}, variant="eu")
    assert nango.get_checkpoint() == {"page": 1}
    nango.save_checkpoint({"page": 2})
    assert nango.checkpoint == {"page": 2}
    nango.clear_checkpoint()
    assert nango.checkpoint is None
    nango.update_metadata({"b": 2})
    assert nango.metadata == nango.get_metadata() == {"a": 1, "b": 2}
    nango.set_metadata({})
    assert nango.metadata == {}
    assert len(list(nango.list_records("Issue"))) == 250
    assert list(nango.get_records_by_ids([3, 300], "Issue")) == [3]
    nango.track_deletes_start()
    nango.batch_save({"id": id} for id in range(1, 250))
    assert nango.track_deletes_end() == ["0"]
    with pytest.raises(SdkError, match="`track_deletes_start` was not called"):
        nango.track_deletes_end()
    assert [nango.try_acquire_lock("k", 1), nango.try_acquire_lock("k", 1)] == [True, False]
    assert [nango.release_lock("k"), nango.release_lock("k")] == [True, False]
    nango.release_all_locks()
    assert nango.variant == "eu"


def test_other_questions() -> None:
    nango = action(answers={"action.trigger": lambda params: {"output": params["input"]}, "connection.token": "secret"})
    assert nango.trigger_action("i", "c", "echo", {"id": 1}, model=Issue) == Issue(id=1)
    assert nango.get_token() == "secret"
    assert nango.get_webhook_url() is None
    assert nango.get_environment_variables() == []
    assert [method for method, _ in nango.calls][:1] == ["action.trigger"]


def test_values_pass_through_json() -> None:
    with pytest.raises(SdkError, match="NaN"):
        sync("Issue").batch_save([{"id": float("nan")}])
