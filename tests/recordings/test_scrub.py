"""Secrets stay out of recordings, by value and by name; what is none stays as it is."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from recordings.conftest import KEY, Bench, same

from nango_cli.environments.exchange import ProxyRequest
from nango_cli.errors import RunError
from nango_cli.recordings.scrub import Scrubber, stand_ins
from nango_cli.recordings.suspicion import check

ONE, TWO = "SCRUBBED-1", "SCRUBBED-2"

SCRUBBED: list[tuple[Any, Any]] = [
    ({"access_token": "abc"}, {"access_token": ONE}),
    ({"X-Acme-Api-Key": "abc"}, {"X-Acme-Api-Key": ONE}),
    ({"Authorization": "Bearer abc"}, {"Authorization": f"Bearer {ONE}"}),
    ({"a": {"password": "p", "token": "t"}}, {"a": {"password": ONE, "token": TWO}}),
    ({"credentials": {"type": "BASIC", "user": "u"}}, {"credentials": {"type": "BASIC", "user": ONE}}),
    ({"secret": ["one", "two", "one"]}, {"secret": [ONE, TWO, ONE]}),
    ({"password": 12345678}, {"password": 0}),
    ({"set-cookie": "sid=abc; Path=/; Domain=a.b"}, {"set-cookie": f"sid={ONE}; Path=/; Domain=a.b"}),
    ({"cookie": "a=1111; b=2222"}, {"cookie": f"a={ONE}; b={TWO}"}),
    ("https://x.example/a?api_key=abc&n=1", f"https://x.example/a?api_key={ONE}&n=1"),
    ("https://me:abc@x.example/", f"https://me:{ONE}@x.example/"),
    ("scope=a&access_token=abc&token_type=bearer", f"scope=a&access_token={ONE}&token_type=bearer"),
    ('{"client_secret": "a\\"b", "n": 1}', f'{{"client_secret": "{ONE}", "n": 1}}'),
    ("<a><password>abc</password></a>", f"<a><password>{ONE}</password></a>"),
    (b"access_token=abc", f"access_token={ONE}".encode()),
    ({"token": "shared-value", "note": "it is shared-value"}, {"token": ONE, "note": f"it is {ONE}"}),
    ({"token": "a/b+c=d", "url": "/x/a%2Fb%2Bc%3Dd"}, {"token": ONE, "url": f"/x/{ONE}"}),
]

UNTOUCHED: list[Any] = [
    {"next_page_token": "abc", "id": "tok_1", "key": "PROJ-1", "state": "open"},
    {"token": "", "token_type": "bearer", "secret": None, "password": True},
    {"authtype": "token", "expires": "Thu, 02 Jul 2026 10:06:18 GMT"},
    "https://x.example/a?page=2&sort=name",
    "a=b; c=d",
    b"\x89PNG\x00\xff",
    12345678,
]


def scrubbed(value: Any, *secrets: str) -> Any:
    scrubber = Scrubber(secrets)
    scrubber.learn(value)
    return scrubber.value(value)


@pytest.mark.parametrize(("value", "expected"), SCRUBBED)
def test_scrubbed(value: Any, expected: Any) -> None:
    assert scrubbed(value) == expected


@pytest.mark.parametrize("value", UNTOUCHED)
def test_untouched(value: Any) -> None:
    assert scrubbed(value) == value


def test_a_known_secret_goes_wherever_it_turns_up() -> None:
    secret = "s3cr3t/value"
    value = {"note": f"x {secret} y", "list": [secret], "quoted": "s3cr3t%2Fvalue", secret: 1, "raw": secret.encode()}
    assert scrubbed(value, secret) == {"note": f"x {ONE} y", "list": [ONE], "quoted": ONE, ONE: 1, "raw": ONE.encode()}
    assert stand_ins(scrubbed(value, secret)) == {ONE}


def test_a_request_loses_them_everywhere() -> None:
    request = ProxyRequest("a", "b", "POST", "/bot/s3cr3t", {"k": "s3cr3t"}, {"x": "s3cr3t"}, {"d": "s3cr3t"})
    assert "s3cr3t" not in repr(Scrubber(["s3cr3t"]).request(request))


SUSPECTS = [
    ({"note": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"}, "a JSON web token at $.note"),
    ({"a": [{"b": "Bearer 3f786850e387550fdab836ed"}]}, "a bearer token at $.a[0].b"),
    ({"/x": "-----BEGIN RSA PRIVATE KEY-----"}, 'a private key at $["/x"]'),
    ({"n": "ghp_" + "a1B2" * 9}, "a GitHub token at $.n"),
    ({"n": "sk_live_" + "a1B2" * 6}, "a Stripe key at $.n"),
    ({"n": "AKIA" + "A1B2" * 4}, "an AWS key at $.n"),
    ({"auth_value": "q7Zr0T5uYxE3wVb9KcLm2n"}, "what looks like a secret under `auth_value` at $.auth_value"),
]

HARMLESS: list[Any] = [
    {"nextPageToken": "q7Zr0T5uYxE3wVb9KcLm2n"},
    {"etag": 'W/"3c8-G4d1BNWIAaQezJjAcOAAGucDRRc"', "hash": "d14ffef065dabbb17af325897872974d2d6820ba"},
    {"author_name": "q7Zr0T5uYxE3wVb9KcLm2n", "token": ONE, "authorization": f"Bearer {ONE}"},
    {"access-control-expose-headers": "Authorization, Etag", "text": "a bearer of good news, basic understanding"},
    {"www-authenticate": 'Bearer authorization_uri="https://login.example/oauth2/authorize"'},
    {"auth_url": "https://x.example/a1b2c3d4e5f6g7h8i9"},
]


@pytest.mark.parametrize(("value", "place"), SUSPECTS)
def test_suspects(value: Any, place: str) -> None:
    with pytest.raises(RunError) as caught:
        check(value)
    assert caught.value.code == "NG611"
    assert place in caught.value.message


@pytest.mark.parametrize("value", HARMLESS)
def test_harmless(value: Any) -> None:
    check(value)


def test_planted_secrets_never_reach_the_disk(bench: Bench, offline: Callable[[], None]) -> None:
    basic = base64.b64encode(f"me:{KEY}".encode()).decode()
    bench.local("{team: blue, webhook_secret: planted-in-metadata}")
    bench.sync(f"""
        key = nango.get_token()["apiKey"]
        for endpoint in ("/secrets", "/form-token", "/xml", "/login", f"/echo/{{key}}?signature=planted-query"):
            nango.log(nango.get(ProxyConfiguration(endpoint=endpoint)).data)
        headers = {{"X-Api-Key": "planted-header-a", "Authorization": "Basic {basic}"}}
        headers["Cookie"] = "sid=planted-cookie-b"
        nango.post(ProxyConfiguration(endpoint="/echo", headers=headers, data={{"clientSecret": "planted-json"}}))
        nango.post(ProxyConfiguration(endpoint="/echo", data="password=planted-form&n=1"))
        nango.post(ProxyConfiguration(endpoint="/echo", data=f"raw {{key}}".encode()))
        nango.post(ProxyConfiguration(endpoint="/echo", data={{"token": "planted-in-much", "long": "x" * 1500}}))
        nango.batch_save([{{"id": "1", "token": "planted-record", "name": f"of {{key}}"}}])
        nango.save_checkpoint({{"cursor": key}})
    """)
    recorded = bench.save("items", "--checkpoint", '{"password": "planted-checkpoint"}')
    text = bench.text("items")
    for line in text.splitlines():
        assert "planted" not in line.replace("planted_", ""), line
    assert KEY not in text
    assert basic not in text
    offline()
    same(recorded, bench.replay("items"))


def test_a_suspect_is_refused_with_its_place(bench: Bench) -> None:
    bench.sync("nango.batch_save([{'id': '1', 'name': 'Bearer 3f786850e387550fdab836ed7e6dc881'}])")
    result = bench.run("items", "demo", "--save")
    assert result.status == 1
    assert "error NG611: not saved: there is a bearer token at $.nango.batchSave.Item[0].name" in result.err
    assert not (bench.root / "acme/tests").exists()
    bench.save("items", "--hide", "name")
    assert bench.recording("items")["nango"]["batchSave"]["Item"] == [{"id": "1", "name": f"Bearer {ONE}"}]
