"""A run is recorded, and replayed without a network: both give the same, and so does every further replay."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from nango_server import NangoServer, connection, integration
from recordings.conftest import Bench, same

SCRIPTS = {
    "pages by cursor": """
        how = CursorPagination(
            cursor_name_in_request="cursor", cursor_path_in_response="next_cursor", response_path="items"
        )
        for page in nango.paginate(ProxyConfiguration(endpoint="/cursor", paginate=how)):
            nango.batch_save([{"id": each["id"], "name": each["name"]} for each in page])
        """,
    "pages by link": """
        how = LinkPagination(link_rel_in_response_header="next")
        for page in nango.paginate(ProxyConfiguration(endpoint="/link", params={"per_page": 7}, paginate=how)):
            nango.batch_save([{"id": each["id"], "name": each["name"]} for each in page])
        """,
    "pages by a link in the body": """
        how = LinkPagination(link_path_in_response_body="next", response_path="items")
        for page in nango.paginate(ProxyConfiguration(endpoint="/link-body", paginate=how)):
            nango.batch_save([{"id": each["id"]} for each in page])
        """,
    "retries": """
        for status in (503, 429):
            params = {"times": 2, "after": 0.1}
            nango.log(nango.get(ProxyConfiguration(endpoint=f"/status/{status}", params=params, retries=3)).data)
        """,
    "a connection that breaks": """
        nango.log(nango.get(ProxyConfiguration(endpoint="/reset?times=1", retries=1)).data)
        """,
    "an error that is caught": """
        try:
            nango.get(ProxyConfiguration(endpoint="/status/404"))
        except HttpError as error:
            nango.log(error.status, error.response.data if hasattr(error, "response") else "")
        """,
    "polling": """
        states = [nango.get(ProxyConfiguration(endpoint="/poll")).data["state"] for _ in range(4)]
        nango.log(states)
        """,
    "bodies of all kinds": """
        for endpoint in ("/html", "/text", "/bytes", "/nothing", "/big", "/not-json"):
            response = nango.get(ProxyConfiguration(endpoint=endpoint))
            nango.log(endpoint, repr(response.data), sorted(response.headers))
        """,
    "a huge body of bytes": """
        data = nango.get(ProxyConfiguration(endpoint="/huge")).data
        nango.log(len(data), data[:300])
        """,
    "bodies that are sent": """
        for data in ({"a": [1, 2.5, None]}, "a=b", b"\\xff\\x00", {"long": "x" * 2000}):
            nango.log(nango.post(ProxyConfiguration(endpoint="/echo", data=data)).data["body"])
        for number in range(3):
            nango.log(nango.get(ProxyConfiguration(endpoint="/echo", params={"n": number})).data["query"])
        """,
    "writes, deletes and checkpoints": """
        nango.batch_save([{"id": "1", "name": "a"}, {"id": "2", "name": "b"}])
        nango.batch_update([{"id": "1", "name": "c"}])
        nango.batch_delete([{"id": "2"}])
        nango.save_checkpoint({"page": (nango.get_checkpoint() or {"page": 0})["page"] + 1})
        nango.log(nango.last_sync_date, nango.get_checkpoint())
        """,
    "the connection": """
        nango.log(nango.get_connection()["provider"], nango.get_metadata())
        nango.update_metadata({"seen": True})
        nango.log(nango.get_metadata())
        """,
    "records and deletes that are tracked": """
        nango.batch_save([{"id": str(n)} for n in range(3)])
        nango.track_deletes_start("Item")
        nango.batch_save([{"id": "1", "name": "kept"}])
        nango.log(sorted(nango.track_deletes_end("Item")))
        nango.log(nango.get_records_by_ids(["1", "7"], "Item"))
        """,
    "another script": """
        if nango.variant == "base":
            nango.log(nango.trigger_action("acme", nango.connection_id, "call", {"n": 1}))
        """,
    "the environment": """
        nango.log(nango.get_environment_variables(), nango.get_integration()["provider"])
        nango.log(nango.uncontrolled_fetch("ELSEWHERE/echo?a=1").status)
        """,
    "the clock": """
        nango.log(datetime.now(UTC), date.today(), time.time())
        time.sleep(0.2)
        nango.batch_save([{"id": "1", "at": datetime.now(UTC).isoformat()}])
        nango.get(ProxyConfiguration(endpoint="/echo", params={"since": datetime.now(UTC).isoformat()}))
        """,
    "a key that the script was given": """
        token = nango.get_token()["apiKey"]
        nango.log(nango.get(ProxyConfiguration(endpoint=f"/echo/{token}", params={"key": token})).data["path"])
        nango.batch_save([{"id": "1", "token": token, "name": f"key {token}"}])
        """,
    "a key that is new every time": """
        import uuid
        headers = {"Idempotency-Key": str(uuid.uuid4()), "X-Signature": uuid.uuid4().hex}
        nango.post(ProxyConfiguration(endpoint="/status/200", headers=headers, params={"sig": uuid.uuid4().hex}))
        """,
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_sync(name: str, bench: Bench, offline: Callable[[], None]) -> None:
    bench.sync(SCRIPTS[name].replace("ELSEWHERE", bench.provider.url))
    bench.action("return nango.get(ProxyConfiguration(endpoint='/echo', params=input)).data")
    options = ("--checkpoint", '{"page": 4}', "--lastSyncDate", "2026-01-31") if "checkpoints" in name else ()
    recorded = bench.save("items", *options)
    asked = len(bench.provider.requests)
    text = bench.text("items")
    assert recorded["data"]["saved"] == "acme/tests/items.test.json"
    assert "planted" not in text
    offline()
    first = bench.replay("items")
    assert json.dumps(first) == json.dumps(bench.replay("items"))
    same(recorded, first)
    assert len(bench.provider.requests) == asked
    assert bench.text("items") == text, "a replay writes nothing"


def test_every_value_of_an_action_is_recorded(bench: Bench, offline: Callable[[], None]) -> None:
    bench.action("""
        said = nango.post(ProxyConfiguration(endpoint="/echo", data=input)).data["body"]
        return {"said": said, "team": nango.get_metadata()["team"]}
    """)
    recorded = bench.save("call", "--input", '{"a": 1}', "--metadata", '{"team": "red"}')
    assert recorded["data"]["output"]["team"] == "red"
    offline()
    same(recorded, bench.replay("call"))
    assert bench.recording("call")["input"] == {"a": 1}
    other = bench.replay("call", "--input", '{"a": 2}', status=1)
    assert other["diagnostics"][0]["code"] == "NG610"


def test_pages_that_a_limit_held_back_are_not_missed(bench: Bench) -> None:
    bench.sync(SCRIPTS["pages by cursor"])
    recorded = bench.save("items", "--limit-pages", "1")
    same(recorded, bench.replay("items"))


def test_the_same_run_makes_the_same_recording(bench: Bench) -> None:
    bench.sync("nango.batch_save([{'id': '1'}])")
    bench.save("items")
    first = bench.recording("items")
    bench.save("items")
    second = bench.recording("items")
    assert first["nango-cli"].pop("now") <= second["nango-cli"].pop("now")
    assert first == second


def test_text_says_where_it_is(bench: Bench) -> None:
    bench.sync("nango.batch_save([{'id': '1'}])")
    assert "\n  saved to acme/tests/items.test.json\n" in bench.run("items", "demo", "--save").err
    assert ", replayed from acme/tests/items.test.json\n" in bench.run("--replay", "items").err
    streamed = bench.run("items", "--replay", "acme/tests/items.test.json", "--format", "ndjson").out
    assert json.loads(streamed.splitlines()[0])["replayed"] == "acme/tests/items.test.json"


def test_a_webhook(bench: Bench) -> None:
    bench.write(
        "acme/syncs/items.py",
        """
        def fetch_data(nango):
            pass

        def on_webhook_payload_received(nango, payload):
            nango.batch_save([{"id": payload["id"]}], "Item")
        """,
    )
    recorded = bench.save("items", "--webhook", '{"id": "7"}')
    replayed = bench.replay("items")
    same(recorded, replayed)
    assert replayed["data"]["records"]["Item"]["save"] == [{"id": "7"}]


def test_a_variant_has_a_recording_of_its_own(bench: Bench) -> None:
    bench.sync("nango.batch_save([{'id': nango.variant}])")
    recorded = bench.save("items", "--variant", "small")
    same(recorded, bench.replay("items", "--variant", "small"))
    found = json.loads((bench.root / "acme/tests/items.small.test.json").read_text())
    assert found["nango"]["batchSave"] == {"Item::small": [{"id": "small"}]}


def test_a_run_that_fails_keeps_the_recording_that_is_there(bench: Bench) -> None:
    bench.sync("nango.batch_save([{'id': '1'}])")
    bench.save("items")
    before = bench.text("items")
    bench.sync("nango.batch_save([{'id': '2'}])\nraise ValueError('no')")
    result = bench.run("items", "demo", "--save")
    assert result.status == 1
    assert "\n  not saved\n" in result.err
    bench.sync("nango.batch_save([{'id': 2}])")
    assert bench.run("items", "demo", "--save").status == 4, "it checks like --validate"
    assert bench.text("items") == before


def test_what_is_no_recording_is_not_overwritten(bench: Bench) -> None:
    bench.sync("nango.batch_save([{'id': '1'}])")
    bench.write("acme/tests/items.test.json", '{"mine": true}')
    result = bench.run("items", "demo", "--save")
    assert result.status == 3
    assert "error NG010: acme/tests/items.test.json is not a recording, so it is not overwritten" in result.err
    assert bench.text("items") == '{"mine": true}'


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("demo", "--save", "--replay"), "`--save` and `--replay` exclude each other"),
        (("demo", "--save", "--state"), "`--state` and `--save` exclude each other"),
        (("--replay", "--state"), "`--state` and `--replay` exclude each other"),
        (("--replay", "--resume"), "`--resume` and `--replay` exclude each other"),
        (("demo", "--hide", "x"), "`--hide` is for recordings"),
    ],
)
def test_options_that_do_not_go_together(options: tuple[str, ...], message: str, bench: Bench) -> None:
    bench.sync("pass")
    result = bench.run("items", *options)
    assert result.status == 2
    assert f"error NG801: {message}" in result.err


def test_a_run_through_a_server(bench: Bench, offline: Callable[[], None]) -> None:
    bench.sync("""
        nango.log(nango.get(ProxyConfiguration(endpoint="/echo", params={"a": 1}, retries=3)).data["query"])
        try:
            nango.get(ProxyConfiguration(endpoint="/status/500", retries=2))
        except HttpError as error:
            nango.log(error.status)
        nango.batch_save([{"id": "1", "token": nango.get_token()}])
    """)
    with NangoServer(bench.provider.url) as server:
        server.integrations = {"acme": integration("acme", "acme-oauth", bench.provider.url)}
        server.connections = [connection("demo", "acme", "acme-oauth", metadata={"team": "blue"})]
        environ = {"NANGO_HOSTPORT": server.url, "NANGO_SECRET_KEY_DEV": server.key}
        result = bench.run("items", "demo", "-e", "dev", "--save", "--format", "json", environ=environ)
        assert result.status == 0, result.out
        assert server.key not in bench.text("items")
    offline()
    recorded = json.loads(result.out)
    replayed = bench.replay("items")
    same(recorded, replayed)
    assert replayed["data"]["environment"] == "dev"
    assert len(replayed["data"]["requests"]) == 2, "a server repeats requests by itself"
