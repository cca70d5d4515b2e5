"""GitHub: a sync that stops where nothing is new, and an action that sends what it is given."""

from __future__ import annotations

from examples.report import Run, saved

PULL = {"owner": "octo-org", "repo": "hello-world", "title": "Fix", "head": "typo", "base": "main"}


def test_behind_what_the_last_run_has_seen_nothing_is_read(run: Run) -> None:
    everything = run("pull-requests")
    since = saved(everything)[11]["updated_at"]  # on the second of three pages
    news = run("pull-requests", "--lastSyncDate", since)
    assert [len(each["requests"]) for each in (everything, news)] == [3, 2]
    assert saved(news) == saved(everything)[:20]


def test_the_body_is_sent_where_there_is_one(run: Run) -> None:
    assert run("create-pull-request", input={**PULL, "body": "Why"})["output"]["body"] == "Why"
    assert "body" not in run("create-pull-request", input=PULL)["output"]
