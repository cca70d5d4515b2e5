"""The editor's schema is honest: whatever compiles is valid, and wrong shapes are not."""

from __future__ import annotations

import re
from pathlib import Path

import corpus
import pytest
from jsonschema import Draft7Validator

from nango_cli.diagnostics.diagnostic import Diagnostics
from nango_cli.diagnostics.source import Source
from nango_cli.language.json_schema import json_schema
from nango_cli.language.syntax import Mapping, Sequence, parse

CASES = Path(__file__).parents[1] / "cases" / "check"
VALIDATOR = Draft7Validator(json_schema())

# What a schema can see: keys, kinds, choices and patterns.
VISIBLE = {"NG101", "NG102", "NG104", "NG106", "NG108", "NG301", "NG302", "NG307", "NG309", "NG310", "NG203"}


# Wrong in a way that only the compiler sees.
INVISIBLE = {
    "mapping-as-key",  # a tree has no such key
    "merge-of-text",  # a tree has no merge keys
}
SILENCED = {"ignore-error"}  # a comment makes it pass, and a schema does not read comments


def value(node):
    if isinstance(node, Mapping):
        return {name: value(entry) for name, (_, entry) in node.entries.items()}
    if isinstance(node, Sequence):
        return [value(item) for item in node.items]
    return node.value


def problems(text):
    node = parse(Source("nango.yaml", text), Diagnostics())
    return None if node is None else [error.message for error in VALIDATOR.iter_errors(value(node))]


def cases(kind):
    return sorted((CASES / kind).glob("*.yaml"), key=lambda path: path.stem)


def read(path):
    return path.read_bytes().decode("utf-8-sig", errors="replace")


def test_it_is_a_schema():
    Draft7Validator.check_schema(json_schema())


@pytest.mark.parametrize("path", cases("ok"), ids=lambda path: path.stem)
def test_what_compiles_is_valid(path):
    assert (problems(read(path)) == []) != (path.stem in SILENCED)


@pytest.mark.parametrize("name", corpus.PROJECTS or [pytest.param("", marks=corpus.needs_corpus)])
def test_real_projects_are_valid(name):
    assert problems(corpus.text(name)) == []


@pytest.mark.parametrize("path", cases("err"), ids=lambda path: path.stem)
def test_what_is_wrong_in_shape_is_invalid(path):
    found = problems(read(path))
    printed = path.with_suffix(".out").read_text()
    errors = set(re.findall(r": error (NG\d+):", printed))
    if found is None:
        assert errors & {"NG003", "NG004", "NG005", "NG006", "NG007", "NG008"}
    elif not errors:
        assert found == [], "what is only warned about is valid"
    elif found:
        assert errors - {"NG103"}, found
    elif errors & VISIBLE:
        assert path.stem in INVISIBLE, "the schema could see this"
