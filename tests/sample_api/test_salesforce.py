"""The sample of Salesforce: queries in pages, descriptions, and refusals in Salesforce's words."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from nango_cli.sample_api.server import SampleApi

DATA = "/services/data/v59.0"


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with SampleApi("salesforce") as url, httpx.Client(base_url=url) as client:
        yield client


def query(client: httpx.Client, text: str) -> httpx.Response:
    return client.get(f"{DATA}/query", params={"q": text})


def test_pages(client: httpx.Client) -> None:
    pages = [query(client, "SELECT Id FROM Account").json()]
    while not pages[-1]["done"]:
        pages.append(client.get(pages[-1]["nextRecordsUrl"]).json())
    assert [(page["totalSize"], len(page["records"])) for page in pages] == [(12, 5), (12, 5), (12, 2)]
    assert "nextRecordsUrl" not in pages[-1]
    assert len({record["Id"] for page in pages for record in page["records"]}) == 12


def test_pages_of_two_queries_are_apart(client: httpx.Client) -> None:
    accounts, contacts = (query(client, f"SELECT Id FROM {name}").json() for name in ("Account", "Contact"))
    assert accounts["nextRecordsUrl"] != contacts["nextRecordsUrl"]
    [record, _] = client.get(contacts["nextRecordsUrl"]).json()["records"]
    assert record["attributes"] == {"type": "Contact", "url": f"{DATA}/sobjects/Contact/{record['Id']}"}


def test_a_record_has_the_fields_that_were_asked_for(client: httpx.Client) -> None:
    [first, second, *_] = query(client, "select id,\n  NAME , BillingAddress from account").json()["records"]
    assert list(first) == ["attributes", "Id", "Name", "BillingAddress"]
    assert (first["BillingAddress"]["postalCode"], second["BillingAddress"]) == (None, None)
    assert second["Name"] == "Café 🌻 2"


def test_an_object_without_records(client: httpx.Client) -> None:
    assert query(client, "SELECT Id FROM Lead").json() == {"totalSize": 0, "done": True, "records": []}


def test_every_field_that_is_described_can_be_asked_for(client: httpx.Client) -> None:
    for name in ("Account", "Contact", "Lead"):
        described = client.get(f"{DATA}/sobjects/{name}/describe").json()
        fields = [field["name"] for field in described["fields"]]
        assert query(client, f"SELECT {', '.join(fields)} FROM {described['name']}").status_code == 200


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("SELECT Nope FROM Account", "INVALID_FIELD", "No such column 'Nope' on entity 'Account'."),
        ("SELECT Id FROM Nope", "INVALID_TYPE", "sObject type 'Nope' is not supported."),
        ("SELECT Id, Name, id FROM Account", "MALFORMED_QUERY", "duplicate field selected: Id"),
        ("SELECT Id FROM Account WHERE x", "MALFORMED_QUERY", "unexpected token: 'SELECT'"),
        ("", "MALFORMED_QUERY", "unexpected token: ''"),
    ],
)
def test_refused_queries(client: httpx.Client, text: str, code: str, message: str) -> None:
    answer = query(client, text)
    assert (answer.status_code, answer.json()) == (400, [{"message": message, "errorCode": code}])


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/query/01gxx-5", 400, "INVALID_QUERY_LOCATOR"),
        ("GET", "/sobjects/Nope/describe", 404, "NOT_FOUND"),
        ("GET", "/nope", 404, "NOT_FOUND"),
        ("POST", "/query", 405, "METHOD_NOT_ALLOWED"),
    ],
)
def test_other_refusals(client: httpx.Client, method: str, path: str, status: int, code: str) -> None:
    answer = client.request(method, DATA + path)
    assert (answer.status_code, answer.json()[0]["errorCode"]) == (status, code)
