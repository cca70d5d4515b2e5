"""Read by type checkers only: what they make of scripts. Every `ignore` marks a mistake that they have to find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_type

from nango_cli.sdk import (
    Connection,
    CursorPagination,
    HttpError,
    LinkPagination,
    NangoAction,
    NangoSync,
    OffsetPagination,
    OnPage,
    ProxyConfiguration,
    Response,
)
from nango_cli.sdk.pydantic_model import Model, optional
from nango_cli.sdk.testing import FakeAction, FakeSync, LogLine, action, sync


class Metadata(Model):
    owner: str
    repo: str | None = optional()


@dataclass
class Issue:
    id: int


def fetch_data(nango: NangoSync, metadata: Metadata) -> list[Issue]:
    assert_type(nango.last_sync_date, datetime | None)
    assert_type(nango.get_metadata(), dict[str, Any])
    assert_type(nango.get_metadata(Metadata), Metadata)
    assert_type(nango.get_metadata(model=Metadata).repo, str | None)
    assert_type(nango.get_connection(), Connection)
    assert_type(nango.get_connection("github", force_refresh=True)["tags"], dict[str, str])
    assert_type(nango.get_records_by_ids([1, 2], "Issue"), dict[int, dict[str, Any]])
    assert_type(nango.get_records_by_ids({"a"}, Issue), dict[str, dict[str, Any]])
    assert_type(nango.list_records(Issue), Iterator[dict[str, Any]])
    assert_type(nango.try_acquire_lock("key", 1000), bool)
    assert_type(nango.get_checkpoint(), dict[str, str | int | float | bool] | None)
    assert_type(nango.track_deletes_end(Issue), list[str])
    nango.batch_save(Issue(id) for id in range(3))
    nango.batch_save([{"id": 1}], "Issue")
    nango.set_merging_strategy("override", Issue)
    nango.set_merging_strategy({"strategy": "override"}, Issue)
    nango.set_merging_strategy("merge", Issue)  # type: ignore[arg-type]
    nango.trigger_sync("github", "c", "issues", "full")  # type: ignore[arg-type]
    nango.get_integration(["secrets"])  # type: ignore[list-item]
    nango.get_connection()["nope"]  # type: ignore[typeddict-item]
    return [Issue(1)]


def run_action(nango: NangoAction, input: Metadata) -> Issue:
    request = ProxyConfiguration(f"/{input.owner}", method="POST", data={"a": 1}, retries=3)
    assert_type(nango.post(request), Response)
    assert_type(nango.get({"endpoint": "/x"}).status, int)
    assert_type(nango.paginate(request), Iterator[list[Any]])
    assert_type(nango.trigger_action("github", "c", "close", input, model=Issue), Issue)
    assert_type(nango.validate_input(Metadata, {}), Metadata)
    assert_type(nango.uncontrolled_fetch("https://example.com").headers["x"], str)
    assert_type(nango.get_webhook_url(), str | None)
    nango.batch_save([])  # type: ignore[attr-defined]
    ProxyConfiguration("/x", method="FETCH")  # type: ignore[arg-type]
    ProxyConfiguration("/x", paginate=CursorPagination(offset_start_value=1))  # type: ignore[call-arg]
    OffsetPagination(on_page=seen, offset_calculation_method="per-page")
    LinkPagination(link_path_in_response_body="next")
    try:
        return nango.trigger_action("github", "c", "close", model=Issue)
    except HttpError as error:
        assert_type(error.status, int)
        raise nango.ActionError({"message": "no"}) from error


def seen(page: OnPage) -> None:
    assert_type(page.next_page_param, str | int | None)


def test_it() -> None:
    nango = sync(Issue, responses={"GET /x": []}, variant="eu")
    assert_type(nango, FakeSync)
    nango.run(fetch_data)
    assert_type(nango.saved, dict[str, list[dict[str, Any]]])
    assert_type(nango.logs, list[LogLine])
    assert_type(action(), FakeAction)
    sync(Issue, flavour="eu")  # type: ignore[call-arg]
