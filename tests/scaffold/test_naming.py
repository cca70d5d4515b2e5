"""What a new script's name makes of its endpoint."""

from __future__ import annotations

import pytest

from nango_cli.scaffold import naming


def endpoint(name):
    return (*naming.resource(name), naming.group(naming.words(name)))


@pytest.mark.parametrize(
    ("action", "method", "sync"),
    [
        ("create-issue", "POST", "issues"),
        ("add-issue", "POST", "issues"),
        ("get-issue", "GET", "issues"),
        ("find-issues", "GET", "issues"),
        ("update-issue", "PATCH", "issues"),
        ("remove-issue", "DELETE", "issues"),
        ("create-pull-request", "POST", "pull-requests"),
        ("create_pull_request", "POST", "pull_requests"),
        ("createPullRequest", "POST", "pullRequests"),
        ("fetch-company", "GET", "companies"),
        ("list-days", "GET", "days"),
        ("get-get-address", "GET", "addresses"),
        ("delete-box", "DELETE", "boxes"),
        ("create-event", "POST", "events"),
    ],
)
def test_an_action_is_where_the_sync_of_its_resource_is(action, method, sync):
    _, path, group = endpoint(sync)
    assert endpoint(action) == (method, path, group)
    assert path == f"/{sync}"


@pytest.mark.parametrize(
    ("name", "kind", "paths"),
    [
        ("charges", "sync", ["/charges", "/charges-sync", "/charges_2", "/charges_3"]),
        ("find-charge", "action", ["/charges", "/charge", "/charges-action", "/charges_2"]),
        ("get-get-box", "action", ["/boxes", "/box", "/boxes-action", "/boxes_2"]),
    ],
)
def test_the_first_free_path(name, kind, paths):
    taken = set()
    for each in paths:
        assert naming.free_path(name, kind, taken) == each
        taken.add(each)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("issues", ("POST", "/issues", "Issues")),
        ("ping", ("POST", "/ping", "Ping")),
        ("send-email", ("POST", "/send-email", "Send Email")),
        ("get-togethers", ("POST", "/get-togethers", "Get Togethers")),
        ("update-requests", ("POST", "/update-requests", "Update Requests")),
        ("get-me", ("GET", "/me", "Me")),
        ("fetch-metadata", ("GET", "/metadata", "Metadata")),
        ("get-user-by-email", ("GET", "/user-by-email", "User By Email")),
        ("get-report-2", ("GET", "/report-2", "Report")),
        ("GET_all", ("POST", "/GET_all", "All")),
        ("get", ("POST", "/get", "Get")),
        ("2", ("POST", "/2", "Other")),
    ],
)
def test_what_is_no_verb_and_what_has_no_plural(name, expected):
    assert endpoint(name) == expected
