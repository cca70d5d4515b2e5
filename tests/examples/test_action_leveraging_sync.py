"""HubSpot: an action answers with what the sync has saved, and asks HubSpot as long as there is nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from examples.report import Report, Run, ids, paths

from nango_cli.cli.project_store import open_store
from nango_cli.environments.destination import Destination, Task


def pages(run: Run, limit: int, cursor: str | None = None) -> list[Report]:
    """The runs that read every page of the action, each with the cursor of the one before."""
    found: list[Report] = []
    while cursor or not found:
        query = {"limit": limit, **({"cursor": cursor} if cursor else {})}
        found.append(run("list-owners", "--state", input=query))
        cursor = found[-1]["output"].get("next_cursor")
    return found


def test_records_come_first_and_look_the_same(run: Run) -> None:
    live = pages(run, 10)
    run("owners", "--state")
    synced = pages(run, 10)
    assert [paths(page) for page in live] == [["/crm/v3/owners"]] * 3
    assert [paths(page) for page in synced] == [[]] * 3
    owners = [[each for page in source for each in page["output"]["owners"]] for source in (live, synced)]
    assert owners[0] == owners[1]
    assert len(set(ids(owners[0]))) == 23


def test_a_cursor_leads_on_to_where_it_came_from(run: Run) -> None:
    first = run("list-owners", "--state", input={"limit": 10})["output"]
    run("owners", "--state")
    rest = pages(run, 10, first["next_cursor"])
    assert [paths(page) for page in rest] == [["/crm/v3/owners"]] * 2
    found = [each for page in (first, *(page["output"] for page in rest)) for each in page["owners"]]
    assert len(set(ids(found))) == len(found) == 23


def test_the_last_page_has_no_cursor(run: Run) -> None:
    run("owners", "--state")
    assert "next_cursor" in run("list-owners", "--state", input={"limit": 22})["output"]
    output = run("list-owners", "--state", input={"limit": 23})["output"]
    assert (len(output["owners"]), "next_cursor" in output) == (23, False)


def test_what_the_sync_deleted_is_not_listed(example: Path, run: Run) -> None:
    run("owners", "--state")
    owners = Destination(Task("hubspot", "demo", "owners"), "HubspotOwner")
    with open_store(example, "local") as store:
        store.records.delete(owners, [{"id": "7001"}, {"id": "7023"}])
    output = run("list-owners", "--state", input={"limit": 21})["output"]
    assert ids(output["owners"]) == [str(number) for number in range(7002, 7023)]
    assert "next_cursor" not in output


def test_records_that_are_gone_do_not_lead_to_the_api(example: Path, run: Run) -> None:
    run("owners", "--state")
    cursor = run("list-owners", "--state", input={"limit": 22})["output"]["next_cursor"]
    with open_store(example, "local") as store:
        store.records.delete(Destination(Task("hubspot", "demo", "owners"), "HubspotOwner"), [{"id": "7023"}])
    data = run("list-owners", "--state", input={"cursor": cursor})
    assert (data["requests"], data["output"]) == ([], {"owners": []})


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"limit": 0}, "`limit` must be from 1 to 100, not 0"),
        ({"limit": 101}, "`limit` must be from 1 to 100, not 101"),
        ({"cursor": "7003"}, "`cursor` must be the `next_cursor` of an earlier page"),
    ],
)
def test_refusals(query: Report, message: str, run: Run) -> None:
    data = run("list-owners", input=query, status=1)
    assert (data["requests"], data["messages"]) == ([], [f"the script raised ActionError: {message}"])
