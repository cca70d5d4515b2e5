"""Which file belongs to which script, and which belongs to none."""

from __future__ import annotations

import pytest

from nango_cli.diagnostics.source import Source
from nango_cli.language.compiler import compile_source
from nango_cli.scripts import duplicate_name
from nango_cli.scripts.missing_script import MissingScript
from nango_cli.scripts.place import placed, undeclared

TEXT = """\
integrations:
    github:
        syncs:
            pull-requests: {runs: every hour, endpoint: GET /pull-requests, output: Thing}
        actions:
            close: {endpoint: POST /close}
        on-events:
            post-connection-creation: [setup]
            pre-connection-deletion: [setup]
models:
    Thing: {id: string}
"""


@pytest.fixture
def project():
    compilation = compile_source(Source("nango.yaml", TEXT))
    assert compilation.ok
    return compilation.project


def paths(project, *files):
    return [each.path for each in placed(project, set(files).__contains__)]


@pytest.mark.parametrize(
    ("file", "index"),
    [
        ("github/syncs/pull-requests.py", 0),
        ("github/syncs/pull_requests.py", 0),
        ("github/syncs/pull-requests.ts", 0),
        ("pull-requests.py", 0),
        ("pull-requests.ts", 0),
        ("github/actions/close.py", 1),
        ("github/on-events/setup.py", 2),
        ("github/on_events/setup.ts", 2),
    ],
)
def test_where_a_script_may_be(file, index, project):
    expected = [None, None, None]
    expected[index] = file
    assert paths(project, file) == expected


def test_python_comes_before_typescript(project):
    assert paths(project, "close.py", "github/actions/close.ts")[1] == "close.py"


@pytest.mark.parametrize("file", ["gitlab/actions/close.py", "github/syncs/close.py", "github/close.py", "close.js"])
def test_where_it_may_not_be(file, project):
    assert paths(project, file) == [None, None, None]


def missing(project, *files):
    rule = MissingScript(set(files).__contains__, files, str)
    return [(each.message.split("`")[1], each.help) for each in rule.check(project)]


def test_missing_scripts_are_told_where_to_be(project):
    assert missing(project, "github/on-events/setup.py", "github/syncs/pull-request.py") == [
        ("pull-requests", "rename github/syncs/pull-request.py, or write it in github/syncs/pull_requests.py"),
        ("close", "write it in github/actions/close.py"),
    ]


ALL = ("github/syncs/pull_requests.py", "github/actions/close.py", "github/on-events/setup.py")


@pytest.mark.parametrize(
    ("file", "message", "help"),
    [
        ("github/actions/open.py", "nothing in nango.yaml declares open.py", "declare it below `actions` of `github`"),
        ("gitlab/syncs/a.ts", "nothing in nango.yaml declares a.ts", "declare it below `syncs` of `gitlab`"),
        ("github/on_events/x.py", "nothing in nango.yaml declares x.py", "declare it below `on-events` of `github`"),
        (
            "github/syncs/pull-requests.py",
            "pull-requests.py is never run",
            "`pull-requests` is read from github/syncs/pull_requests.py: delete one of the two",
        ),
    ],
)
def test_files_that_no_script_is_read_from(file, message, help, project):
    files = (*ALL, file)
    [found] = undeclared(project, files, set(files).__contains__, str)
    assert (found.code, found.severity, found.message) == ("NG405", "warning", message)
    assert found.help.startswith(help)


@pytest.mark.parametrize(
    "name", ["_shared.py", "__init__.py", "test_close.py", "close_test.py", "conftest.py", "close.d.ts", "close.ts"]
)
def test_what_may_lie_beside_scripts(name, project):
    files = (*ALL, f"github/actions/{name}")
    assert list(undeclared(project, files, set(files).__contains__, str)) == []


@pytest.mark.parametrize("order", ["syncs first", "actions first"])
def test_one_name_for_a_sync_and_an_action(order):
    syncs = "        syncs:\n            a: {runs: every day, endpoint: GET /a, output: Thing}\n"
    actions = "        actions:\n            a: {endpoint: POST /a}\n"
    parts = syncs + actions if order == "syncs first" else actions + syncs
    other = "    gitlab:\n        actions: {a: {endpoint: POST /a}}\n"
    source = Source("nango.yaml", f"integrations:\n    github:\n{parts}{other}models: {{Thing: {{id: string}}}}\n")
    [found] = duplicate_name.check(compile_source(source).project)
    assert found.message == "`github` has both a sync and an action `a`"
    assert (found.span.line, found.labels[0].span.line) == (6, 4)
    assert found.labels[0].message == f"the {order[:-7]} stands here"
