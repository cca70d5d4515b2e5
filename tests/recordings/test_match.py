"""Which recorded answer a request gets."""

from __future__ import annotations

from typing import Any

import pytest

from nango_cli.environments.exchange import ProxyRequest
from nango_cli.recordings.cassette import Answer, Exchange
from nango_cli.recordings.difference import difference
from nango_cli.recordings.identity import Identity, identify
from nango_cli.recordings.match import Answers


def asked(method: str = "GET", endpoint: str = "/users", **more: Any) -> Identity:
    return identify(ProxyRequest("acme", "demo", method, endpoint, **more))


def recorded(*requests: Identity, described: bool = True, hash: str | None = None) -> Answers:
    """Answers with the statuses 1, 2, 3..."""
    return Answers(
        Exchange(each, hash or each.hash, Answer(number + 1, {}, None), described)
        for number, each in enumerate(requests)
    )


def statuses(answers: Answers, *requests: Identity) -> list[int | None]:
    found = [answers.next(each) for each in requests]
    return [each.status if isinstance(each, Answer) else None for each in found]


def test_repeated_requests_get_one_answer_after_the_other_and_then_the_last() -> None:
    answers = recorded(asked(), asked(endpoint="/teams"), asked())
    assert statuses(answers, *[asked()] * 4, asked(endpoint="/teams")) == [1, 3, 3, 3, 2]


def test_every_page_has_its_own() -> None:
    pages = [asked(params={"page": page}) for page in range(3)]
    assert statuses(recorded(*pages), pages[2], pages[0], pages[1]) == [3, 1, 2]


@pytest.mark.parametrize(
    ("there", "now"),
    [
        (asked(headers={"x-a": "1"}), asked(headers={"X-A": "1"})),
        (asked("POST", data={"a": 1, "b": 2}), asked("POST", data={"b": 2, "a": 1})),
        (asked(params={"key": "SCRUBBED-1"}), asked(params={"key": "anything"})),
        (asked(endpoint="/bot/SCRUBBED-1/me"), asked(endpoint="/bot/1234:abc/me")),
        (asked("POST", data={"token": "SCRUBBED-12", "n": 1}), asked("POST", data={"n": 1, "token": "t"})),
        (asked(headers={"Idempotency-Key": "1"}), asked(headers={"Idempotency-Key": "2"})),
        (asked(headers={"X-Acme-Signature": "1"}), asked(headers={"X-Acme-Signature": "2"})),
    ],
)
def test_another_hash_and_yet_the_same(there: Identity, now: Identity) -> None:
    assert statuses(recorded(there, hash="of another tool"), now) == [1]


@pytest.mark.parametrize(
    "now",
    [
        asked(params={"a": "1"}),
        asked("POST"),
        asked(endpoint="/users/1"),
        asked(headers={"x-a": "1"}),
        asked("POST", data={}),
    ],
)
def test_something_else(now: Identity) -> None:
    assert statuses(recorded(asked()), now) == [None]


def test_secrets_that_differ_do_not_hide_each_other() -> None:
    answers = recorded(asked(params={"sig": "SCRUBBED-1"}), asked(params={"sig": "SCRUBBED-2"}))
    assert statuses(answers, *(asked(params={"sig": each}) for each in "abc")) == [1, 2, 2]


def test_an_address_without_a_description_answers_what_has_no_parameters() -> None:
    answers = recorded(asked(), described=False)
    assert statuses(answers, asked(), asked(headers={"x-a": "1"}), asked(params={"a": "1"})) == [1, 1, None]
    assert statuses(recorded(asked(), asked(), described=False, hash="h"), asked()) == [1]


def test_the_difference_is_that_to_the_nearest() -> None:
    there = [asked(params={"page": "1", "limit": "10"}), asked("POST", data={"a": 1}), asked(endpoint="/teams")]
    assert difference(asked(params={"page": "3", "limit": "10"}), there).splitlines() == [
        "the nearest recorded request (-) and this one (+):",
        "  GET /users",
        "    limit = 10",
        "-   page = 1",
        "+   page = 3",
    ]
    assert '-     "a": 1' in difference(asked("POST", data={"a": 2}), there)
    assert difference(asked(), []) == "the recording holds no requests"
