"""Which requests are the same."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from nango_cli.environments.exchange import ProxyRequest
from nango_cli.recordings.identity import Identity, identify


def request(method: str = "GET", endpoint: str = "/users", **more: Any) -> ProxyRequest:
    return ProxyRequest("acme", "demo", method, endpoint, **more)


SAME = [
    (request(endpoint="users"), request(endpoint="/users")),
    (request(endpoint="/users?limit=1"), request(params={"limit": 1})),
    (request(params="limit=1&a=b"), request(params={"a": "b", "limit": "1"})),
    (request(params={"ids": ["a", "b"], "none": None}), request(params={"ids": "a,b"})),
    (request(headers={"User-Agent": "x", "Accept": "y", "Authorization": "z"}), request()),
    (request("POST", headers={"Content-Type": "application/json"}), request("POST")),
    (request("POST", headers={"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}), request("POST")),
    (request(headers={"X-Version": "1", "x-version": "2"}), request(headers={"x-version": "1"})),
    (request(headers={"Nango-Proxy-X-Version": "1"}), request(headers={"X-Version": "1"})),
    (request(data={"a": 1}), request()),
    (request(base_url_override="https://other.example", retries=3, retry_on=(409,)), request()),
    (request("POST", data={"a": 1.0}), request("POST", data={"a": 1})),
    (request("POST", data={"a": 1}), request("POST", data='{"a":1}')),
    (request("POST", data=b"\xff\x00"), request("POST", data="/wA=")),
]

DIFFERENT = [
    (request("POST"), request()),
    (request(endpoint="/users/1"), request()),
    (request(params={"limit": 1}), request()),
    (request(headers={"X-Version": "1"}), request()),
    (request("POST", headers={"Content-Type": "text/xml"}), request("POST")),
    (request("POST", data={"a": 1}), request("POST", data={"a": "1"})),
    (request("POST", data="a" * 1001), request("POST", data="a" * 1000 + "b")),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same(one: ProxyRequest, other: ProxyRequest) -> None:
    assert identify(one) == identify(other)
    assert identify(one).hash == identify(other).hash


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different(one: ProxyRequest, other: ProxyRequest) -> None:
    assert identify(one).hash != identify(other).hash


@pytest.mark.parametrize(
    ("identity", "text"),
    [
        (Identity("get", "users"), '{"method":"get","endpoint":"users","params":[],"headers":[]}'),
        (
            Identity("post", "é", (("a", "1"),), (("x-b", "2"),), '{"a":1}'),
            '{"method":"post","endpoint":"é","params":[["a","1"]],"headers":[["x-b","2"]],"data":"{\\"a\\":1}"}',
        ),
        (
            Identity("put", "u", data="x" * 1001),
            '{"method":"put","endpoint":"u","params":[],"headers":[],'
            f'"data":"sha1:{hashlib.sha1(b"x" * 1001).hexdigest()}"}}',
        ),
    ],
)
def test_the_hash_is_that_of_compact_json(identity: Identity, text: str) -> None:
    assert identity.hash == hashlib.sha1(text.encode()).hexdigest()


def test_half_a_character_has_a_hash() -> None:
    assert identify(request("POST", data={"a": "\ud83d"})).hash
