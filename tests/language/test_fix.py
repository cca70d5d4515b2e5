"""Fixes change what they say and nothing else: not the comments, the order, the quotes or the line breaks."""

from __future__ import annotations

import re
from collections import Counter

import corpus
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from nango_cli.checks.registry import RULES
from nango_cli.diagnostics.diagnostic import Edit
from nango_cli.diagnostics.source import Source, Span
from nango_cli.ir.project import Project
from nango_cli.language import edit
from nango_cli.language.compiler import compile_source
from nango_cli.language.fix import FIXES
from nango_cli.language.repair import repair

PROJECT = TypeAdapter(Project)
EXAMPLES = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SYNC = """\
integrations:
    github:
        syncs:
            issues:
                runs: {runs}
                description: All issues
                sync_type: full
                track_deletes: true
                endpoint:
                    method: GET
                    path: /issues
                    group: Issues
                output: Issue
models:
    Issue:
        id: string
"""
ACTION = """\
integrations:
    github:
        actions:
            close:
                description: Close an issue
                endpoint:
                    method: POST
                    path: /issues
                    group: Issues
                input: Issue
models:
    Issue:
        id: string
"""
OLD = """\
integrations:
    github:
        close: {{type: {type}, returns: Issue}}
models:
    Issue:
        id: string
"""
MODEL = "integrations: {}\nmodels:\n    User:\n        id: string\n    Issue:\n        id: string\n"


def model(*lines: str) -> str:
    return MODEL + "".join(f"        {line}\n" for line in lines)


def sync(*changes: str, runs: str = "every hour") -> str:
    """The sync with each line in the place of the one that has its key; one that ends in `:!` is removed."""
    text = SYNC.format(runs=runs)
    for line in changes:
        key = line.partition(":")[0]
        text = re.sub(
            rf"^( +){key}: .*\n",
            lambda found, new=line: "" if new.endswith(":!") else f"{found[1]}{new}\n",
            text,
            flags=re.M,
        )
    return text


def compiled(text: str):
    return compile_source(Source("nango.yaml", text), RULES.values())


def mended(text: str, codes: set[str] | None = None, *, unsafe: bool = True):
    return repair(
        compiled(text),
        lambda source: compile_source(source, RULES.values()),
        lambda found: [each for each in found if not codes or each.code in codes],
        unsafe=unsafe,
    )


SAFE = [
    ("NG220", model("name: string | undefined"), model("name?: string")),
    ("NG220", model("name: undefined | string"), model("name?: string")),
    ("NG220", model("name?: string | undefined | null # why"), model("name?: string | null # why")),
    ("NG220", model("name: (string | undefined)"), model("name?: (string)")),
    ("NG220", model('"a b": "string | undefined"'), model('"a b?": "string"')),
    ("NG220", model("name: string[]|undefined"), model("name?: string[]")),
    ("NG220", model("deep: {name: string | undefined, id: 1}"), model("deep: {name?: string, id: 1}")),
    ("NG220", model("parts:", "  - name: A | undefined | B"), model("parts:", "  - name?: A | B")),
    ("NG221", model("state: \"'open' | 'closed'\" # why"), model("state: open | closed # why")),
    ("NG221", model("state: open | 'closed'"), model("state: open | closed")),
    ("NG221", model("state: null | 'open' | \"shut\""), model("state: null | open | shut")),
    ("NG221", model("state: \"open | 'closed'\""), model("state: open | closed")),
    ("NG221", model("state: \"('open' | 'closed')[]\""), model('state: "(open | closed)[]"')),
    ("NG106", sync("sync_type: FULL"), sync()),
    ("NG106", sync("sync_type: ' Full ' # why"), sync("sync_type: 'full' # why")),
    ("NG106", sync("sync_type: some"), None),
    ("NG302", ACTION.replace("POST", "post"), ACTION),
    ("NG302", ACTION.replace("POST", "'post'"), ACTION.replace("POST", "'POST'")),
    ("NG305", sync(runs="Every  Hour"), sync(runs="every hour")),
    ("NG305", sync(runs="'hour'"), None),
    ("NG327", sync(runs="every 2 weeks"), sync(runs="every 14 days")),
    ("NG327", sync(runs="'1.5h' # why"), sync(runs="'every 90 minutes' # why")),
    ("NG009", model("a: string # nango: ignore[NG202]"), model("a: string")),
    ("NG009", model("a: string # why # nango: ignore[NG202]"), model("a: string # why")),
    ("NG009", model("a: string # nango: ignore[NG202] why"), model("a: string # why")),
    ("NG009", model("a: string # nango: ignore[NG202] # why"), model("a: string # why")),
    ("NG009", model("a: Isue # nango: ignore[NG201, NG202]"), model("a: Isue # nango: ignore[NG202]")),
    ("NG009", model("a: Isue # nango: ignore[NG202, NG201]"), model("a: Isue # nango: ignore[NG202]")),
    ("NG009", model("a: string # nango: ignore[NG202, NG201]"), model("a: string")),
    ("NG009", model("a: string # nango: ignore"), None),
    ("NG009", model("a: string # nango: ignore[NG999]"), None),
    (
        "NG105",
        "integrations:\n  github:\n    post-connection-scripts: # why\n      - hello # first\n\n      - 'there'\n",
        "integrations:\n  github:\n    on-events:\n      post-connection-creation: # why\n"
        "        - hello # first\n\n        - 'there'\n",
    ),
    (
        "NG105",
        "integrations:\n    github:\n        post-connection-scripts:\n        - hello\n",
        "integrations:\n    github:\n        on-events:\n            post-connection-creation:\n            - hello\n",
    ),
    (
        "NG105",
        "integrations:\n    github:\n        post-connection-scripts: [hello]\n",
        "integrations:\n    github:\n        on-events:\n            post-connection-creation: [hello]\n",
    ),
    ("NG105", "integrations: {github: {post-connection-scripts: [hello]}}\n", None),
    ("NG105", "integrations:\n  github:\n    post-connection-scripts: [hello,\n      there]\n", None),
    (
        "NG105",
        "integrations:\n  github:\n    post-connection-scripts:\n      [hello,\n      there]\n",
        "integrations:\n  github:\n    on-events:\n      post-connection-creation:\n        [hello,\n        there]\n",
    ),
]
UNSAFE = [
    ("NG101", ACTION.replace("input", "imput"), ACTION),
    ("NG101", ACTION.replace("input: Issue", "output: Issue\n                outptu: Issue"), None),
    ("NG101", ACTION.replace("input", "model"), ACTION.replace("input", "output")),
    ("NG106", sync("sync_type: ful"), sync()),
    # Read as a sync whatever it says, so that to spell it right may change what it is.
    ("NG106", OLD.format(type="Sync"), OLD.format(type="sync")),
    (
        "NG108",
        sync("sync_type: full\n                version: v1.2"),
        sync("sync_type: full\n                version: 1.2.0"),
    ),
    ("NG201", sync("output: Isue"), sync()),
    ("NG201", sync("output: [ 'Isue' ]"), sync("output: [ 'Issue' ]")),
    ("NG202", model("who: Usr[] | null"), model("who: User[] | null")),
    ("NG204", model("__extends: Usr"), model("__extends: User")),
    ("NG206", model("a: []"), model("a: array")),
    ("NG206", model("a: string |"), model("a: string")),
    ("NG206", model("a: ()"), None),
    ("NG302", ACTION.replace("POST", "PSOT"), ACTION),
    ("NG304", sync(runs="every 5s"), sync(runs="every 30s")),
    ("NG305", sync(runs="daily"), sync(runs="every day")),
    (
        "NG309",
        "integrations: {github: {on-events: {post-connection-creatoin: [hello]}}}\n",
        "integrations: {github: {on-events: {post-connection-creation: [hello]}}}\n",
    ),
    (
        "NG320",
        sync("track_deletes:!", "sync_type: full # why"),
        sync("track_deletes:!", "sync_type: full # why\n                track_deletes: true"),
    ),
    (
        "NG320",
        sync("track_deletes:!", "sync_type:!"),
        sync("track_deletes:!", "sync_type:!", "runs: every hour\n                track_deletes: true"),
    ),
    (
        "NG320",
        "integrations: {g: {syncs: {s: {runs: every day, endpoint: [], output: [] }}}}\n",
        "integrations: {g: {syncs: {s: {runs: every day, track_deletes: true, endpoint: [], output: [] }}}}\n",
    ),
    (
        "NG320",
        '{"integrations": {"g": {"syncs": {"s": {"runs": "every day", "endpoint": [], "output": []}}}}}',
        '{"integrations": {"g": {"syncs": {"s": {"runs": "every day", "track_deletes": true, "endpoint": [], '
        '"output": []}}}}}',
    ),
    (
        "NG321",
        sync("output: Issue\n                input: Issue").replace("input: Issue", "input: object"),
        sync("output: Issue\n                input: object\n                auto_start: false"),
    ),
    ("NG325", ACTION.replace("\n                    group: Issues", ""), ACTION),
    (
        "NG325",
        ACTION.replace("\n                    method: POST\n                    path: /issues", " /issues").replace(
            "\n                    group: Issues", ""
        ),
        ACTION,
    ),
    (
        "NG325",
        "integrations: {g: {actions: {a: {endpoint: 'PUT /sub-tasks/{A:id}'}}}}\nmodels: {A: {id: string}}\n",
        "integrations: {g: {actions: {a: {endpoint: {method: PUT, path: '/sub-tasks/{A:id}', group: Sub Tasks}}}}}\n"
        "models: {A: {id: string}}\n",
    ),
    (
        "NG325",
        "integrations: {g: {actions: {a: {endpoint: /g/tasks}}}}\n",
        "integrations: {g: {actions: {a: {endpoint: {method: POST, path: /g/tasks, group: Tasks}}}}}\n",
    ),
    ("NG325", "integrations: {g: {actions: {a: {endpoint: /v2}}}}\n", None),
    ("NG326", sync("sync_type: incremental"), sync("sync_type: incremental", "track_deletes: false")),
]


@pytest.mark.parametrize(("code", "before", "after"), SAFE)
def test_safe_fix(code, before, after):
    check(code, before, after, unsafe=False)


@pytest.mark.parametrize(("code", "before", "after"), UNSAFE)
def test_unsafe_fix(code, before, after):
    assert mended(before, {code}, unsafe=False).after.source.text == before
    check(code, before, after, unsafe=True)


def check(code, before, after, *, unsafe):
    assert code in {each.code for each in compiled(before).diagnostics}, "nothing to fix"
    for text, expected in [
        (before, after),
        (before.replace("\n", "\r\n"), after and after.replace("\n", "\r\n")),
        (before.rstrip("\n"), after and after.rstrip("\n")),
    ]:
        result = mended(text, {code}, unsafe=unsafe)
        assert result.after.source.text == (expected or text)
        assert (code in {each.code for each in result.after.diagnostics}) == (after is None)


def test_every_fix_is_tested():
    assert {code for code, _, after in [*SAFE, *UNSAFE] if after} == FIXES.keys()


SHARED = [
    # What an alias or a merge key brings elsewhere would change there too.
    model("a: &a string | undefined", "b: *a"),
    "integrations: {}\nmodels:\n    A: &a\n        x: string | undefined\n    B:\n        <<: *a\n",
    "integrations: {}\nmodels:\n    A: &a {x: string | undefined}\n    B: *a\n",
    sync("track_deletes:!", "description: &t full", "sync_type: *t"),
    "integrations: {g: {syncs: {a: &a {runs: every day, endpoint: [], output: []}, b: *a}}}\n",
    "integrations:\n  g:\n    syncs:\n      a: &a\n        runs: every day\n        endpoint: []\n        output: []\n"
    "      b:\n        <<: *a\n        description: Another\n",
    # What is spelled otherwise than it reads is not edited.
    model('a: "string | undef\\x69ned"'),
    model("a: >-", "    string |", "    undefined"),
    ACTION.replace("POST", "&m post"),
    ACTION.replace("POST", "!!str post"),
    # What is left would be another kind of value.
    model("a: true | undefined", "b: 1 | undefined"),
]


@pytest.mark.parametrize("text", SHARED)
def test_what_is_out_of_reach_stays(text):
    safe = {"NG220", "NG302", "NG320", "NG321"}
    assert safe & {each.code for each in compiled(text).diagnostics}
    assert mended(text, safe).after.source.text == text


def test_a_fix_that_makes_something_else_wrong_is_taken_back():
    text = model("Name: string | undefined", "'Name?': number")
    assert mended(text).after.source.text == text
    text = sync("sync_type: full\n                sync_tipe: full").replace("sync_type: full\n", "sync_type: full\n", 1)
    assert mended(text, {"NG101"}).after.source.text == text


def test_fixes_that_meet_are_applied_in_turns():
    text = sync("track_deletes:!", "sync_type:!", "runs: every 2 weeks # why")
    result = mended(text, {"NG320", "NG327"})
    assert result.after.source.text == sync(
        "track_deletes:!", "sync_type:!", "runs: every 14 days # why\n                track_deletes: true"
    )
    assert sorted(each.code for each in result.fixed) == ["NG320", "NG327"]


@pytest.mark.parametrize(
    ("edits", "after"),
    [
        ([((1, 1, 1, 2), "X")], "Xb\r\ncd\n\ne"),
        ([((2, 1, 2, 1), "_"), ((1, 3, 1, 3), "!")], "ab!\r\n_cd\n\ne"),
        ([((1, 2, 4, 1), "")], "ae"),
        ([((4, 2, 4, 2), "f\n")], "ab\r\ncd\n\nef\n"),
        ([((1, 1, 1, 3), ""), ((1, 2, 1, 3), "")], None),
        ([((1, 1, 1, 1), "x"), ((1, 1, 1, 1), "y")], None),
    ],
)
def test_edits(edits, after):
    source = Source("f", "ab\r\ncd\n\ne")
    edits = [Edit(Span("f", *place), text) for place, text in edits]
    if after is None:
        with pytest.raises(ValueError, match="same place"):
            edit.apply(source, edits)
    else:
        assert edit.apply(source, edits) == after


MUTATIONS = {
    "as it is": lambda text: text,
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "no line break at the end": lambda text: text.rstrip("\n"),
    "lower-case methods": lambda text: re.sub(r"method: ([A-Z]+)", lambda found: found[0].lower(), text),
    "weeks": lambda text: re.sub(r"runs: every (day|hour)\b", "runs: every 2 weeks", text),
    "undefined": lambda text: re.sub(r"^( +\w+): string$", r"\1: undefined | string # kept", text, flags=re.M),
    "no deletes": lambda text: re.sub(r"^ +track_deletes: true\n", "", text, flags=re.M),
    "quotes": lambda text: re.sub(r": (\w+) \| (\w+)$", r""": "'\1' | '\2'" """.rstrip(), text, flags=re.M),
    "unused comments": lambda text: re.sub(r"(: string)$", r"\1 # nango: ignore[NG202]", text, flags=re.M),
}


@corpus.needs_corpus
@pytest.mark.parametrize("mutation", MUTATIONS)
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("name", corpus.PROJECTS)
def test_corpus(name, mutation, unsafe):
    text = MUTATIONS[mutation](corpus.text(name))
    before = compiled(text)
    # An error hides what the rules would say, so what appears once it is gone is not new.
    rules_before = before.ok
    result = mended(text, unsafe=unsafe)
    after = result.after
    assert after.ok >= before.ok
    fixable = [each for each in before.diagnostics if each.fix and (each.fix.safe or unsafe)]
    assert bool(result.fixed) == bool(fixable)
    if rules_before:
        assert Counter(map(identity, after.diagnostics)) == Counter(map(identity, before.diagnostics)) - Counter(
            map(identity, result.fixed)
        )
        assert Counter(map(identity, result.fixed)) == Counter(map(identity, fixable))
    touched = {
        line
        for each in result.fixed
        for piece in each.fix.edits
        for line in range(piece.span.line, piece.span.end_line + 1)
    }
    if rules_before:
        untouched = [line for number, line in enumerate(text.split("\n"), 1) if number not in touched]
        rest = iter(after.source.text.split("\n"))
        assert all(line in rest for line in untouched), "a line that no fix names has changed"
    meant = before if rules_before else compiled(corpus.text(name))
    assert meaning(after.project, unsafe=unsafe) == meaning(meant.project, unsafe=unsafe)
    again = mended(after.source.text, unsafe=unsafe)
    assert again.fixed == ()
    assert again.after.source.text == after.source.text


def identity(found):
    return found.code, found.message


def meaning(project: Project, *, unsafe: bool):
    """A project as a plain value, without places and without what fixes are there to change."""
    return plain(PROJECT.dump_python(project), {"track_deletes", "auto_start", "group"} if unsafe else set())


def plain(value, left_out):
    if isinstance(value, dict):
        if value.get("kind") == "union":
            members = [plain(each, left_out) for each in value["members"]]
            rest = [each for each in members if each != {"name": "undefined", "kind": "primitive"}]
            return rest[0] if len(rest) == 1 else {"kind": "union", "members": rest}
        if {"name", "type", "optional"} == value.keys():
            members = value["type"].get("members", ())
            optional = value["optional"] or any(each.get("name") == "undefined" for each in members)
            return [plain(value["name"], left_out), plain(value["type"], left_out), optional]
        if {"text", "seconds"} == value.keys():
            return value["seconds"]
        return {key: plain(each, left_out) for key, each in value.items() if key not in {"span", "quoted", *left_out}}
    if isinstance(value, list | tuple):
        return [plain(each, left_out) for each in value]
    return value


SEEDS = [
    SYNC,
    ACTION,
    *(before for _, before, _ in [*SAFE, *UNSAFE]),
    *(corpus.text(each) for each in corpus.PROJECTS[:6]),
]
SCRAPS = [
    *"\t\n\r:-[]{}|?&*!'\"#, ()\u2028é",
    *[
        "undefined | ",
        " | undefined",
        "'open' | ",
        "# nango: ignore[NG220]",
        "    ",
        "&a ",
        "*a",
        "<<: *a",
        "- ",
        "\r\n",
    ],
]


@EXAMPLES
@given(st.data())
def test_any_mutation_gets_better_or_stays(data):
    text = data.draw(st.sampled_from(SEEDS))
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.sampled_from([0, 0, 1, 2, 7, 40])))
        text = text[:start] + data.draw(st.sampled_from(["", *SCRAPS])) + text[end:]
    before = compiled(text)
    result = mended(text)
    after = result.after
    errors = [sum(each.severity == "error" for each in found) for found in (before.diagnostics, after.diagnostics)]
    assert errors[1] <= errors[0]
    assert bool(result.fixed) == (after.source.text != text)
    assert mended(after.source.text).fixed == ()
