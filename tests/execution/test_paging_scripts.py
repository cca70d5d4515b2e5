"""`nango.paginate` from a script's side, against the sample API."""

from __future__ import annotations

from execution.workbench import Workbench, action

from nango_cli.execution.event import LogLine

SCRIPT = action("pages", output="Any")
PULLS = "/repos/octo-org/hello-world/pulls"


def test_pages_with_a_limit_and_on_page(bench: Workbench) -> None:
    outcome = bench.run(
        SCRIPT,
        f"""
        from models import LinkPagination, ProxyConfiguration

        def run_action(nango):
            seen = []
            config = ProxyConfiguration(
                endpoint="{PULLS}",
                params={{"state": "all"}},
                paginate=LinkPagination(limit=9, on_page=lambda page: seen.append(page)),
            )
            sizes = [len(items) for items in nango.paginate(config)]
            has_next = [page.next_page_param is not None for page in seen]
            return [sizes, has_next, seen[0].response.headers["x-ratelimit-limit"]]
        """,
    )
    assert outcome.failure is None
    assert outcome.output == [[9, 9, 5], [True, True, False], "5000"]


def test_two_paginations_at_once(bench: Workbench) -> None:
    outcome = bench.run(
        SCRIPT,
        f"""
        def run_action(nango):
            config = {{"endpoint": "{PULLS}", "params": {{"state": "all", "per_page": 10}}}}
            pairs = zip(nango.paginate(config), nango.paginate(config))
            return [one == other for one, other in pairs]
        """,
    )
    assert outcome.output == [True, True, True]


def test_a_page_that_fails(bench: Workbench) -> None:
    outcome = bench.run(SCRIPT, "def run_action(nango):\n    list(nango.paginate({'endpoint': '/nowhere'}))")
    assert outcome.failure is not None
    assert outcome.failure.message == "GET /nowhere answered 404: Not Found"


def test_a_path_that_cannot_be_right(bench: Workbench) -> None:
    settings = {"type": "link", "link_path_in_response_body": "next.url", "link_rel_in_response_header": "no"}
    config = {"endpoint": PULLS, "paginate": settings}
    outcome = bench.run(SCRIPT, f"def run_action(nango):\n    return len(list(nango.paginate({config})))")
    assert outcome.output == 1
    why = "the answer is a list, whose items are numbered from 0"
    warning = f"`next.url` is not in the answer, as {why}; so its first page is taken for the last"
    assert LogLine("warn", warning) in bench.events


def test_settings_are_checked(bench: Workbench) -> None:
    text = "def run_action(nango):\n    list(nango.paginate({'endpoint': '/', 'paginate': {'type': 'offset'}}))"
    outcome = bench.run(SCRIPT, text)
    assert outcome.failure is not None
    assert outcome.failure.message == "offset pagination needs `offset_name_in_request`"


def test_requests_are_checked(bench: Workbench) -> None:
    for config, message in [
        ("{'endpoint': ''}", "`endpoint` is not text"),
        ("{'endpoint': '/', 'retry': 1}", "ProxyConfiguration has no `retry`"),
        ("{'params': {}}", "the request has no `endpoint`"),
        ("'/users'", "a request is a ProxyConfiguration, not str"),
        ("{'endpoint': '/?a=1', 'params': 'b=2'}", "parameters stand both in `endpoint` and in `params`"),
        ("{'endpoint': '/', 'method': 'STEAL'}", "there is no method 'STEAL'"),
        ("{'endpoint': '/', 'retries': -1}", "`retries` cannot be -1"),
    ]:
        outcome = bench.run(SCRIPT, f"def run_action(nango):\n    nango.proxy({config})")
        assert outcome.failure is not None
        assert outcome.failure.message == message
