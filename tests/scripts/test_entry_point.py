"""What is said about a script's text: each case marks with `⟦` and `⟧` the characters that its diagnostic covers."""

from __future__ import annotations

import pytest

from nango_cli.diagnostics.source import Source
from nango_cli.scripts.entry_point import ENTRY_POINTS, check
from nango_cli.sdk import entry

CALLABLE = [
    "def fetch_data(nango): ...",
    "async def fetch_data(nango: NangoSync) -> None: ...",
    "def fetch_data(nango, metadata): ...",
    "def fetch_data(nango, metadata=None, page=1, *, limit=5): ...",
    "def fetch_data(nango, /, metadata): ...",
    "def fetch_data(nango, *rest, **more): ...",
    "def fetch_data(a=1): ...",
    "@retry\ndef fetch_data(): ...",
    "fetch_data = partial(run, 1)",
    "fetch_data: object = run",
    "from .shared import fetch_data",
    "from .shared import sync as fetch_data",
    "from .shared import *",
    "class fetch_data: ...",
    "if True:\n    def fetch_data(nango): ...\nelse:\n    def fetch_data(): ...\n    def fetch_data(nango): ...",
    "try:\n    pass\nexcept ImportError:\n    def fetch_data(nango): ...",
    "match 1:\n    case 1:\n        def fetch_data(nango): ...",
    "with open('x') as fetch_data: ...",
    "def fetch_data(): ...\ndef fetch_data(nango): ...",
    "(fetch_data := print)",
    "'\\d'\ndef fetch_data(nango): ...",
]
NOT_CALLABLE = [
    ("sync", "⟦⟧", "NG402: a.py has no function `fetch_data`"),
    ("sync", "⟦i⟧mport os", "NG402: a.py has no function `fetch_data`"),
    ("sync", "def ⟦fetchData⟧(nango): ...", "NG402: a.py has no function `fetch_data`"),
    ("sync", "async  def ⟦fetch_dat⟧(nango): ...", "NG402: a.py has no function `fetch_data`"),
    ("sync", "def ⟦run_action⟧(nango): ...", "NG402: a.py has no function `fetch_data`"),
    ("sync", "⟦d⟧ef f():\n    def fetch_data(nango): ...", "NG402: a.py has no function `fetch_data`"),
    ("sync", "⟦c⟧lass A:\n    def fetch_data(self): ...", "NG402: a.py has no function `fetch_data`"),
    ("sync", "def ⟦fetch_data⟧(): ...", "NG403: `fetch_data` has no parameter for `nango`"),
    ("sync", "def ⟦fetch_data⟧(*rest): ...", "NG403: `fetch_data` has no parameter for `nango`"),
    ("sync", "def ⟦fetch_data⟧(*, nango): ...", "NG403: `fetch_data` has no parameter for `nango`"),
    ("sync", "x = 'é'; y = 1\nasync def \\\n ⟦fetch_data⟧(): ...", "NG403: `fetch_data` has no parameter for `nango`"),
    ("sync", "def fetch_data(a, b, ⟦page⟧, c): ...", "NG403: nothing is passed to `fetch_data` for `page`, `c`"),
    ("action", "def run_action(é, input, ⟦page⟧): ...", "NG403: nothing is passed to `run_action` for `page`"),
    ("action", "def run_action(nango, *, ⟦page⟧): ...", "NG403: nothing is passed to `run_action` for `page`"),
    ("on-event", "def on_event(nango, ⟦event⟧): ...", "NG403: nothing is passed to `on_event` for `event`"),
    ("sync", "x = 1\r\ny = ⟦(⟧1,\r\n", "NG404: Python cannot read this: '(' was never closed"),
    ("sync", "x = 'é' ⟦y⟧", "NG404: Python cannot read this: invalid syntax"),
    ("sync", "'\u2028'\nx = ⟦?⟧", "NG404: Python cannot read this: invalid syntax"),
    ("sync", "def fetch_data(nango):⟦⟧\n", "NG404: Python cannot read this: expected an indented block"),
    ("sync", "x = 1\n⟦\0⟧", "NG404: Python cannot read this: it holds a NUL character"),
    ("sync", "⟦-⟧" + "-" * 100_000 + "1", "NG404: Python cannot read this: it is nested too deeply"),
    ("sync", "x = ⟦'⟧", "NG404: Python cannot read this: unterminated string literal"),
    ("sync", "⟦print 1⟧", "NG404: Python cannot read this: Missing parentheses in call to 'print'"),
]


@pytest.mark.parametrize("text", CALLABLE)
def test_callable(text):
    assert list(check(Source("a.py", text), "sync")) == []


@pytest.mark.parametrize(
    ("kind", "marked", "expected"), NOT_CALLABLE, ids=[marked[:60] for _, marked, _ in NOT_CALLABLE]
)
def test_not_callable(kind, marked, expected):
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    source = Source("github/syncs/a.py", marked.replace("⟦", "").replace("⟧", ""))
    [found] = check(source, kind)
    assert f"{found.code}: {found.message}".startswith(expected)
    assert found.span == source.span_at(start, max(end - start, 1))


def test_help_says_what_to_do():
    assert _help("def fetchData(nango): ...") == "rename `fetchData` to `fetch_data`"
    assert _help("def run_action(nango): ...") == (
        "`run_action` is run in an action; in a sync, "
        "define `def fetch_data(nango)` or `def fetch_data(nango, metadata)`"
    )
    assert _help("") == "define `def fetch_data(nango)` or `def fetch_data(nango, metadata)`"


def test_entry_points_are_those_that_the_guest_calls():
    called = {kind: (name, shapes) for kind, (name, shapes) in entry._SIGNATURES.items() if kind != "webhook"}
    assert called == {
        kind: (each.name, tuple(f"{each.name}({', '.join(shape)})" for shape in each.parameters))
        for kind, each in ENTRY_POINTS.items()
    }


def test_nothing_is_executed(tmp_path):
    trap = tmp_path / "trap"
    text = f"import pathlib\npathlib.Path({str(trap)!r}).touch()\ndef fetch_data(nango): ..."
    assert list(check(Source("a.py", text), "sync")) == []
    assert not trap.exists()


def test_many_branches_are_no_recursion():
    text = "if 1: pass\n" + "elif 1: pass\n" * 300 + "def fetch_data(nango): ..."
    assert list(check(Source("a.py", text), "sync")) == []


def _help(text):
    [found] = check(Source("a.py", text), "sync")
    return found.help
