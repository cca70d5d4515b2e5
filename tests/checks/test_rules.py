"""The rules as a family, and what they say about real projects; tests/cases/check has each of them in detail."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pathlib import Path

import corpus
import pytest

from nango_cli.checks.accepted import SCHEDULE
from nango_cli.checks.registry import RULES
from nango_cli.checks.schedule_refused import MINIMUM_SECONDS, accepted
from nango_cli.diagnostics.codes import CODES
from nango_cli.diagnostics.source import Source
from nango_cli.ir.project import Project
from nango_cli.language import schedule_expr
from nango_cli.language.compiler import compile_source

# What the rules say about the corpus, each looked at and found to be so.
FOUND = {"NG220": 127, "NG222": 20, "NG320": 6, "NG321": 7, "NG322": 19, "NG324": 13, "NG325": 35}


@pytest.mark.parametrize("code", RULES)
def test_a_rule_is_a_module_named_after_its_problem(code):
    module = import_module(f"nango_cli.checks.{CODES[code].name.replace('-', '_')}")
    assert RULES[code] is module
    assert code == module.CODE
    assert module.__doc__.rstrip().endswith(".")
    assert list(module.check(Project())) == []


@corpus.needs_corpus
def test_the_corpus_is_reported_as_often_as_it_was_looked_at():
    found = Counter()
    for name in corpus.PROJECTS:
        compilation = compile_source(Source("nango.yaml", corpus.text(name)), RULES.values())
        found.update(each.code for each in compilation.diagnostics if each.code in RULES)
    assert found == FOUND


def compiled(text):
    return [each.code for each in compile_source(Source("nango.yaml", text), RULES.values()).diagnostics]


def test_rules_are_not_asked_about_a_project_with_errors():
    text = "integrations: {g: {actions: {a: {endpoint: /a}}}}\nmodels: {A: {__extends: B}}\n"
    assert compiled(text) == ["NG204"]
    assert compiled(text.replace("__extends: B", "x: 1")) == ["NG323", "NG325"]
    assert compiled(text.strip() + " # nango: ignore[NG204]\n") == ["NG323", "NG325"]


def test_a_comment_for_a_rule_that_was_not_asked_is_not_unused():
    text = "integrations: {g: {actions: {a: {endpoint: /a}}}} # nango: ignore[NG323, NG325, NG320, NG202]\n"
    assert compiled(text) == ["NG009", "NG009"]
    assert compiled(text + "models: {A: {__extends: B}}\n") == ["NG009", "NG204"]


@pytest.mark.parametrize("text", ["every 2 weeks", "every 1 year", "every 90000", "every 1.7 h", "2.5d", "45.5 s"])
def test_the_schedule_that_is_advised_is_accepted_and_near(text):
    seconds = schedule_expr.parse(text).seconds
    better = schedule_expr.parse(accepted(seconds)).seconds
    assert abs(better - seconds) <= seconds / 50


def test_the_shortest_schedule_is_the_compilers():
    assert MINIMUM_SECONDS == schedule_expr.MINIMUM_SECONDS


@pytest.mark.parametrize("text", ["hourly", "daily", "weekly", "monthly", "yearly", "every year", "every second"])
def test_the_schedule_that_was_meant_is_accepted(text):
    better = schedule_expr.correction(text)
    assert SCHEDULE.fullmatch(better)
    assert schedule_expr.parse(better)


@pytest.mark.parametrize(
    ("endpoint", "shorter"),
    [
        ("GET /get-users", "/users"),
        ("GET /find-users", "/users"),
        ("POST /add-user", "/user"),
        ("PUT /update-user", "/user"),
        ("DELETE /remove-user/{User:id}", "/user/{User:id}"),
        ("POST /create-event", "/event"),
        ("POST /g/delete-users", "/delete-users"),
        ("GET /get-togethers", None),
        ("GET /get-together-groups", None),
        ("PATCH /update-requests", None),
        ("PATCH /update-requests-history", None),
        ("GET /list-items", None),
        ("POST /delete-users", None),
        ("POST /teams/list", None),
    ],
)
def test_a_verb_is_left_out_only_where_the_method_says_it(endpoint, shorter):
    text = f"integrations: {{g: {{actions: {{a: {{endpoint: '{endpoint}'}}}}}}}}\nmodels: {{User: {{id: string}}}}\n"
    found = compile_source(Source("nango.yaml", text), RULES.values()).diagnostics
    assert [each.help for each in found if each.code == "NG324"] == ([f"write `{shorter}`"] if shorter else [])


def test_the_worked_example_is_clean():
    text = (Path(__file__).parents[2] / "nango-integrations" / "nango.yaml").read_text(encoding="utf-8")
    assert compiled(text) == []
