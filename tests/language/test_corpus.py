"""Real projects compile without errors, and to the configuration that Nango's own tool made of them."""

from __future__ import annotations

import json
from copy import deepcopy

import corpus
import pytest

from nango_cli.diagnostics.source import Source
from nango_cli.generators import nango_json
from nango_cli.language.compiler import compile_source

# The documented differences (docs/reference/compatibility.md), one by one.
UNTRIMMED_SCOPES = {"avalara-sandbox"}  # theirs keeps the space after the comma in `scopes: a, b`

# What the compiler has to say about them: notes only.
NOTES = {
    "anrok": ["NG212", "NG212", "NG212"],
    "box": ["NG212"],
    "google-drive": ["NG212"],
    "google-mail": ["NG212"],
    "linear": ["NG210"],
    "netsuite-tba": ["NG210"],
}


@corpus.needs_corpus
def test_the_corpus_is_whole():
    assert len(corpus.PROJECTS) == 32


@pytest.mark.parametrize("name", corpus.PROJECTS or [pytest.param("", marks=corpus.needs_corpus)])
def test_project(name):
    compilation = compile_source(Source("nango.yaml", corpus.text(name)))
    assert compilation.ok
    assert [each.code for each in compilation.diagnostics] == NOTES.get(name, [])
    expected = json.loads((corpus.ROOT / name / "expected" / "nango.json").read_text())
    if name in UNTRIMMED_SCOPES:
        untrimmed, expected = expected, _trimmed(expected)
        assert untrimmed != expected, "the difference is gone: take the project off the list"
    assert nango_json.integrations(compilation.project) == expected


def _trimmed(integrations):
    trimmed = deepcopy(integrations)
    for integration in trimmed:
        for script in [*integration["syncs"], *integration["actions"]]:
            script["scopes"] = [scope.strip() for scope in script["scopes"]]
    return trimmed
