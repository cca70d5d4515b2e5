"""Entries added to the text of nango.yaml; every case shows the text with `+` at the start of each line that is new."""

from __future__ import annotations

import corpus
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_cli.diagnostics.diagnostic import Diagnostics
from nango_cli.diagnostics.source import Source
from nango_cli.language.compiler import compile_source
from nango_cli.language.syntax import parse
from nango_cli.scaffold import insertion
from nango_cli.scaffold.yaml_text import scalar

SYNCS = ["integrations", "github", "syncs"]
ENTRY = {"new": {"runs": "every hour", "scopes": ["repo"]}}

ADDED = {
    "behind the last entry, before what follows": """
integrations:
    github:
        syncs:
            old:
                runs: every day # daily
+            new:
+                runs: every hour
+                scopes:
+                    - repo

        actions: {}
""",
    "two spaces, and a comment that belongs to the last entry": """
integrations:
  github:
    syncs:
      old:
        runs: every day
        # input: Nothing
+      new:
+        runs: every hour
+        scopes:
+          - repo

    # The actions
    actions: {}
""",
    "a list without indentation at the end": """
integrations:
    github:
        syncs:
            old:
                scopes:
                - a
                - b
+            new:
+                runs: every hour
+                scopes:
+                    - repo
""",
    "blank lines between entries": """
integrations:
    github:
        syncs:
            a: {}

            # the second
            b: {}
+
+            new:
+                runs: every hour
+                scopes:
+                    - repo
models: {}
""",
    "a new section": """
integrations:
    github:
        actions:
            a: {endpoint: POST /a}
+        syncs:
+            new:
+                runs: every hour
+                scopes:
+                    - repo
    gitlab: {}
""",
    "a new integration": """
integrations:
    gitlab:
        actions: {}
+    github:
+        syncs:
+            new:
+                runs: every hour
+                scopes:
+                    - repo
# the models
models:
    A: {}
""",
    "behind text of several lines": """
integrations:
    github:
        syncs:
            old:
                description: |
                    first

                    last # no comment
+            new:
+                runs: every hour
+                scopes:
+                    - repo

        actions: {}
""",
    "behind a value in braces over several lines": """
integrations:
    github:
        syncs:
            old: {
            runs: every day,
            }
+            new:
+                runs: every hour
+                scopes:
+                    - repo
""",
    "behind a merged value": """
integrations:
    other: &other
        runs: every day
    github:
        syncs:
            old:
                <<: *other
+            new:
+                runs: every hour
+                scopes:
+                    - repo
""",
    "quoted names and documents": """
---
"integrations":
    'github':
        "syncs":
            "old": {}
+            new:
+                runs: every hour
+                scopes:
+                    - repo
...
""",
}


def split(marked):
    """The text before and after, from one that marks new lines."""
    rows = marked.lstrip("\n").splitlines(keepends=True)
    return "".join(row for row in rows if row[0] != "+"), "".join(row[row[0] == "+" :] for row in rows)


def add(text, path=SYNCS, entries=ENTRY):
    found = Diagnostics()
    after = insertion.add(Source("nango.yaml", text), path, entries, found)
    return (after.text if after else None), [each.message for each in found]


@pytest.mark.parametrize("marked", ADDED.values(), ids=ADDED)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("end", ["", "\n"], ids=["no newline at the end", "newline at the end"])
def test_added(marked, newline, end, request):
    before, after = (text.rstrip("\n") + end for text in split(marked))
    if "text of several lines" in request.node.name and newline == "\r\n":
        before, after = before.replace(" # no comment", ""), after.replace(" # no comment", "")
    assert add(before.replace("\n", newline)) == (after.replace("\n", newline), [])


EMPTY = [
    ("models:\n", "models:\n    A:\n        id: string\n"),
    ("models:", "models:\n    A:\n        id: string"),
    ("models: # none\nintegrations: {}\n", "models: # none\n    A:\n        id: string\nintegrations: {}\n"),
    ("models: {}\n", "models:\n    A:\n        id: string\n"),
    ("models: { }  # none\n", "models:  # none\n    A:\n        id: string\n"),
    ("integrations:\n  a: {}\nmodels: {}\n", "integrations:\n  a: {}\nmodels:\n  A:\n    id: string\n"),
    ("integrations: {}\n", "integrations: {}\n\nmodels:\n    A:\n        id: string\n"),
    ("integrations: {} # none\n# end\n", "integrations: {} # none\n# end\n\nmodels:\n    A:\n        id: string\n"),
]


@pytest.mark.parametrize(("before", "after"), EMPTY)
def test_added_where_there_was_nothing(before, after):
    assert add(before, ["models"], {"A": {"id": "string"}}) == (after, [])


REFUSED = [
    ("integrations: {github: {syncs: {old: {}}}}", "`integrations` is written in braces, so nothing is added to it"),
    ("{integrations: {}}", "`integrations` stands in braces, so nothing is added to it"),
    ("{models: {}}", "nothing can be added to a mapping that is written like this"),
    ("integrations:\n  github:\n    syncs: {old: {}}", "`syncs` is written in braces, so nothing is added to it"),
    ("integrations:\n  github:\n    syncs: {\n    }", "nothing can be added to `syncs`, as it is written"),
    ("integrations:\n  github:\n    syncs: ~", "nothing can be added to `syncs`, as it is written"),
    ("integrations:\n  github:\n    syncs: &a", "nothing can be added to `syncs`, as it is written"),
    ("integrations:\n  github: [a]", "what `github` holds is not written here, so nothing is added to it"),
    (
        "integrations:\n  gitlab: &a\n    syncs:\n      old: {}\n  github: *a",
        "what `github` holds is not written here, so nothing is added to it",
    ),
    (
        "integrations:\n  github: &a\n    syncs:\n      old: {}\n  gitlab: *a",
        "nothing can be added here without changing something else",
    ),
    (
        "integrations:\n  gitlab: &a\n    syncs:\n      old: {}\n  github:\n    <<: *a",
        "nothing can be added here without changing something else",
    ),
    (
        "integrations:\n  github:\n    syncs:\n      old:\n        description: |+\n          text\n\n",
        "nothing can be added here without changing something else",
    ),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refused(text, message):
    assert add(text) == (None, [message])


BY_HAND = [
    (
        "integrations:\n  github: &a\n    syncs:\n      old: {}\n  gitlab: *a",
        "write out what `&`, `*` and `<<` stand for",
    ),
    (
        "integrations:\n  gitlab: &a\n    syncs:\n      old: {}\n  github:\n    <<: *a",
        "write out what `&`, `*` and `<<` stand for",
    ),
    (
        "integrations:\n  github:\n    syncs:\n      old:\n        description: |+\n          text\n\n",
        "end the text above in one line break (`|` for `|+`, `>` for `>+`)",
    ),
    (
        "integrations:\n  github:\n    syncs:\n      old:\n        scopes:\n        - >+\n          text\n\n",
        "end the text above in one line break (`|` for `|+`, `>` for `>+`)",
    ),
    ("integrations:\n  github:\n    syncs: {old: {}}", "write it with one key to a line"),
]


@pytest.mark.parametrize(("text", "help"), BY_HAND)
def test_each_cause_has_its_own_help(text, help):
    found = Diagnostics()
    assert insertion.add(Source("nango.yaml", text), SYNCS, ENTRY, found) is None
    (only,) = found
    assert only.help.startswith(help)
    assert only.help.endswith(", or add the entry by hand")


APPENDED = [
    ("on-events:\n- a\n- b # last\nx: 1\n", "on-events:\n- a\n- b # last\n- new\nx: 1\n"),
    ("on-events:\n  - a\n\n  # none\n", "on-events:\n  - a\n\n  # none\n  - new\n"),
    ("on-events: [a, b]\n", "on-events: [a, b, new]\n"),
    ("on-events: [\n  a, # first\n]\n", "on-events: [\n  a, new, # first\n]\n"),
    ("on-events: []", "on-events: [new]"),
    ("x: 1", "x: 1\n\non-events:\n    - new"),
]


@pytest.mark.parametrize(("before", "after"), APPENDED)
def test_appended(before, after):
    found = Diagnostics()
    appended = insertion.append(Source("nango.yaml", before), ["on-events"], "new", found)
    assert ((appended.text if appended else None), list(found)) == (after, [])


@given(st.text(max_size=12))
def test_text_stays_text(text):
    if text and not text.isprintable():
        return
    node = parse(Source("a", f"key: {scalar(text)}\n"), Diagnostics())
    assert node.get("key").value == text


@pytest.mark.parametrize(
    "text", ["true", "No", "12", "1.5", "-", "- a", "a: b", "a #b", "é", "", " a", "a ", "null", "~"]
)
def test_what_looks_like_something_else_is_quoted(text):
    assert scalar(text).startswith("'")


@corpus.needs_corpus
@pytest.mark.parametrize("project", corpus.PROJECTS)
def test_real_projects(project):
    """Whatever is added, everything else stays, and compiles as before."""
    text = corpus.text(project)
    before = compile_source(Source("nango.yaml", text))
    for integration in [*before.project.integrations, None]:
        name = integration.name.value if integration else "brand-new"
        after, problems = add(text, ["integrations", name, "actions"], {"brand-new": {"endpoint": "POST /brand-new"}})
        assert problems == []
        start = next(index for index, (old, new) in enumerate(zip(text + "\0", after, strict=False)) if old != new)
        assert after[len(after) - (len(text) - start) :] == text[start:], "one piece was added, and nothing else"
        assert compile_source(Source("nango.yaml", after)).ok == before.ok
