"""models.py: what is generated, and that pydantic reads it as it was meant."""

from __future__ import annotations

import sys
import types

import corpus
import pytest
from pydantic import BaseModel, ValidationError

from nango_cli import sdk
from nango_cli.diagnostics.source import Source
from nango_cli.generators import python_models
from nango_cli.language.compiler import compile_source

MODELS = """
integrations: {}
models:
    Base:
        id: string
    Task:
        __extends: Base
        title?: string
        note?: string | null
        due: date
        count: integer
        score: number
        done: boolean
        state: OPEN | CLOSED
        tags: string[][]
        parent?: Task
        owner:
            name: string
        from: string
        model_name: string
        'a-b?': string
    Free:
        __string: number
    class:
        any: any
    Any:
        literal: 1 | true | 'x y'
"""


def generated(text):
    compilation = compile_source(Source("nango.yaml", text))
    assert compilation.ok, compilation.diagnostics
    [file] = python_models.generate(compilation.project)
    assert file.path == "models.py"
    return file.text


@pytest.fixture
def load():
    """Imports generated text as a module; its classes are built, so that every annotation has been understood."""
    names = []

    def call(text):
        name = f"generated_{len(names)}"
        names.append(name)
        module = sys.modules[name] = types.ModuleType(name)
        exec(compile(generated(text), f"{name}.py", "exec"), vars(module))
        for value in list(vars(module).values()):
            if isinstance(value, type) and issubclass(value, BaseModel) and value.__module__ == name:
                value.model_rebuild()
        return module

    yield call
    for name in names:
        del sys.modules[name]


@pytest.fixture
def models(load):
    return load(MODELS)


TASK = {
    "id": "1",
    "due": "2026-01-02T03:04:05Z",
    "count": 3,
    "score": 4,
    "done": True,
    "state": "OPEN",
    "tags": [["a"], []],
    "owner": {"name": "x"},
    "from": "y",
    "model_name": "z",
}


def test_a_record_survives(models):
    task = models.Task.model_validate(TASK)
    assert (task.from_, task.model_name_, task.owner.name, task.score) == ("y", "z", "x", 4)
    assert task.model_dump(mode="json") == {**TASK, "note": None}


def test_optional_fields_are_left_out_of_a_dump_unless_null_is_a_value(models):
    whole = {**TASK, "title": "t", "note": "n", "a-b": "c", "parent": {**TASK, "note": None}}
    assert models.Task.model_validate(whole).model_dump(mode="json") == whole


@pytest.mark.parametrize(
    "change",
    [
        {"count": 1.5},
        {"count": True},
        {"score": "4"},
        {"score": False},
        {"done": 1},
        {"id": 1},
        {"due": 5},
        {"due": "soon"},
        {"state": "open"},
        {"tags": ["a"]},
        {"owner": {"name": "x", "more": 1}},
        {"owner": None},
        {"title": 1},
        {"unknown": 1},
    ],
    ids=str,
)
def test_a_value_of_another_kind_is_refused(models, change):
    with pytest.raises(ValidationError):
        models.Task.model_validate({**TASK, **change})


def test_numbers_stay_what_they_are(models):
    free = models.Free.model_validate({"a": 1, "b": 1.5})
    assert repr(free.model_dump()) == "{'a': 1, 'b': 1.5}"
    with pytest.raises(ValidationError):
        models.Free.model_validate({"a": "1"})


def test_names_that_python_has_taken_are_moved_aside(models):
    assert models.class_.model_validate({"any": [1]}).any == [1]
    assert models.Any.model_validate({"literal": "x y"}).literal == "x y"
    assert "from typing import Any as _Any" in generated(MODELS)


def test_it_re_exports_the_sdk(models):
    assert tuple(sdk.__all__) == python_models.SDK_NAMES
    assert set(sdk.__all__) <= set(models.__all__)
    assert all(hasattr(models, name) for name in models.__all__)


def test_a_docstring_says_who_uses_a_model():
    text = generated(
        "integrations: {gh: {actions: {close: {endpoint: /close, input: Issue, output: Issue}}}}\n"
        "models: {Issue: {id: string}}"
    )
    assert '"""Input of action `gh/close`, output of action `gh/close`."""' in text


def test_it_is_the_same_every_time():
    assert generated(MODELS) == generated(MODELS)


@pytest.mark.parametrize("name", corpus.PROJECTS or [pytest.param("", marks=corpus.needs_corpus)])
def test_real_projects_can_be_imported(name, load):
    load(corpus.text(name))
