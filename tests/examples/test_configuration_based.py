"""Salesforce: the metadata says which fields of which models are wanted, and an action says which there are."""

from __future__ import annotations

import pytest
from examples.report import Report, Run, ids, saved


def configure(model: str, *names: str) -> Report:
    fields = [{"name": name, "label": "", "type": ""} for name in names]
    return {"configurations": [{"model": model, "fields": fields}]}


def test_what_the_action_lists_is_a_configuration(run: Run) -> None:
    for model, count in (("Account", 12), ("Contact", 7), ("Lead", 0)):
        listed = run("list-fields", input={"model": model})["output"]
        data = run("configured-records", metadata={"configurations": [listed]})
        names = {field["name"] for field in listed["fields"]} - {"Id"}
        assert len(set(ids(saved(data)))) == count
        assert all(each["data"].keys() == names for each in saved(data))


def test_names_are_as_salesforce_writes_them(run: Run) -> None:
    [first, *_] = saved(run("configured-records", metadata=configure("contact", "ID", "lastname", "email")))
    assert first["data"] == {"LastName": "Ng", "Email": "contact-1@example.com"}


@pytest.mark.parametrize("name", ["Name FROM Contact --", "Name,Id", "(SELECT Id FROM Contacts)", "Näme", "", "1"])
@pytest.mark.parametrize("place", ["model", "field"])
def test_what_is_no_name_is_never_sent(place: str, name: str, run: Run) -> None:
    right = configure("Account", "Name")["configurations"]
    wrong = configure(name, "Name") if place == "model" else configure("Account", name)
    metadata = {"configurations": [*right, *wrong["configurations"]]}
    data = run("configured-records", metadata=metadata, status=1)
    assert (data["requests"], data["records"]) == ([], {})
    assert repr(name) in data["messages"][0]


def test_a_field_that_is_not_there_deletes_nothing(run: Run) -> None:
    run("configured-records", "--state", metadata=configure("Account", "Name"))
    data = run("configured-records", "--state", metadata=configure("Account", "Nope"), status=1)
    assert "No such column 'Nope' on entity 'Account'" in data["messages"][0]
    after = run("configured-records", "--state", metadata=configure("Account", "Name"))
    assert after["counts"]["SalesforceRecord"]["unchanged"] == 12


def test_a_model_is_one_part_of_the_path(run: Run) -> None:
    data = run("list-fields", input={"model": "../Account"}, status=1)
    assert [each["status"] for each in data["requests"]] == [404]
    assert data["requests"][0]["url"].endswith("/sobjects/..%2FAccount/describe")
