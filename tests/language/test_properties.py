"""No text makes the compiler raise, take long, point outside the file, or lose anything on the way through JSON."""

from __future__ import annotations

import time

import corpus
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from nango_cli.diagnostics.render.text import render_text
from nango_cli.diagnostics.source import Source, Span
from nango_cli.ir.project import Project
from nango_cli.ir.types import Array, Object, Ref, Union
from nango_cli.language.compiler import compile_source

PROJECT = TypeAdapter(Project)
EXAMPLES = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SMALL = """\
integrations:
    github:
        syncs:
            issues: {runs: every hour, output: [Issue, 'Label'], endpoint: [GET /issues, {path: /labels}]}
        actions:
            close: {endpoint: 'POST /issues/{Issue:id}', input: '(a | b)[] | "c"', output: 'Issue[]'}
        on-events:
            post-connection-creation: [setup]
    old:
        things: {type: sync, returns: Label, runs: every day}
models:
    Base: &base {id: string, __string: any}
    Issue:
        __extends: Base
        title?: string | null
        labels: Label[][]
        nested: {deep: [Issue, 1.5, true]}
    Label:
        <<: *base
        color: RED | 12abc
"""
SEEDS = [SMALL, *(corpus.text(name) for name in corpus.PROJECTS[:12])]
SCRAPS = [
    *"\t\n\r:-[]{}|?&*!%@`'\"#,<>()\x00\ufeff é漢\u0301\U0001f600",
    *["[]", "__extends: ", "<<: *base", "null", "- ", "every ", "GET /", "{Issue:id}", "(", "Array<", "---\n", "    "],
    *["# nango: ignore[NG202]", "\r\n", "&base ", "*base", "models:\n", "integrations:\n", "syncs:\n", "0x1F", "1e999"],
]


@EXAMPLES
@given(st.text())
def test_any_text(text):
    check(text)


@EXAMPLES
@given(st.text(alphabet=st.sampled_from([*"ab:-[]{}|?&*!'\"#,<>() \n\t"]), max_size=200))
def test_any_yaml_like_text(text):
    check(text)


@EXAMPLES
@given(st.data())
def test_any_mutation_of_a_real_file(data):
    text = data.draw(st.sampled_from(SEEDS))
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.sampled_from([0, 0, 1, 2, 7, 40, 400])))
        text = text[:start] + data.draw(st.sampled_from(["", *SCRAPS])) + text[end:]
    check(text)


@pytest.mark.parametrize("text", SEEDS, ids=["small", *corpus.PROJECTS[:12]])
def test_seeds_compile(text):
    assert check(text).ok


def check(text: str):
    source = Source("nango.yaml", text.removeprefix("\ufeff"))
    start = time.process_time()
    compilation = compile_source(source, rules=())
    assert time.process_time() - start < 1
    for found in compilation.diagnostics:
        assert found.span is not None
        for span in (found.span, *(label.span for label in found.labels)):
            inside(span, source)
    render_text(compilation.diagnostics, {"nango.yaml": source}, color=True)
    sound(compilation.project)
    assert PROJECT.validate_json(PROJECT.dump_json(compilation.project)) == compilation.project
    return compilation


def inside(span: Span, source: Source) -> None:
    assert span.path == source.path
    assert (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column)
    assert span.end_line <= len(source.lines)
    assert span.column <= len(source.line(span.line)) + 1
    assert span.end_column <= len(source.line(span.end_line)) + 1


def sound(project: Project) -> None:
    """Nothing refers to a model that is not there."""
    models = {model.name.value for model in project.models}
    for integration in project.integrations:
        for script in integration.runnables:
            named = [*(script.output or ()), *([script.input] if script.input else [])]
            assert {name.value for name in named} <= models
    todo = [model.type for model in project.models]
    while todo:
        match todo.pop():
            case Ref(model):
                assert model in models
            case Array(item):
                todo.append(item)
            case Union(members):
                assert len(members) > 1
                assert not any(isinstance(member, Union) for member in members)
                todo += members
            case Object(fields, extra):
                assert len({field.name.value for field in fields}) == len(fields)
                todo += [field.type for field in fields] + ([extra] if extra else [])
            case _:
                pass
