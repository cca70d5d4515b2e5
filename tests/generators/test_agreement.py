"""models.py and schema.json say the same of every value; what their formats force apart is in compatibility.md."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import corpus
import projects
import pytest
import values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import TypeAdapter, ValidationError

from nango_cli.diagnostics.source import Source
from nango_cli.generators import json_schema, python_models
from nango_cli.generators.absence import without_undefined
from nango_cli.generators.naming import class_name, distinct
from nango_cli.ir.project import Project
from nango_cli.ir.types import Array, Object, Primitive, Type, Union
from nango_cli.language.compiler import compile_source

ODD = Path(__file__).with_name("odd.yaml").read_text(encoding="utf-8")
PROJECTS = {"odd": ODD, **{name: corpus.text(name) for name in corpus.PROJECTS}}


@contextmanager
def adapters(project: Project) -> Iterator[dict[str, TypeAdapter[object]]]:
    """The generated class or alias of each model, ready to read and write."""
    [file] = python_models.generate(project)
    module = sys.modules["generated_agreement"] = types.ModuleType("generated_agreement")
    try:
        exec(compile(file.text, "models.py", "exec", dont_inherit=True), vars(module))
        names = distinct((model.name.value for model in project.models), class_name, set())
        yield {name: TypeAdapter(getattr(module, plain)) for name, plain in names.items()}
    finally:
        del sys.modules["generated_agreement"]


def agree(project: Project, random: Random, count: int, *, may_drop_nulls: bool = False) -> int:
    """Holds each model against its schema; the number of values that fitted."""
    fitted = 0
    definitions = json_schema.definitions(project)
    # A script is given None where there is no input.
    absent = {model.name.value for model in project.models if without_undefined(model.type)[1]}
    with adapters(project) as readers:
        for name, schema in definitions.items():
            judge = Draft7Validator({"definitions": definitions, "$ref": f"#/definitions/{name}"})
            for _ in range(count):
                try:
                    value = values.sample(random, schema, definitions)
                except (ValueError, RecursionError):
                    break
                fitted += 1
                assert judge.is_valid(value), (name, value)
                written = dumped(readers[name], value)
                if written != exact(value):
                    # In a union, a model that takes null as absent may come before one that has null as a value.
                    assert may_drop_nulls, name
                    assert exact(without_nulls(json.loads(written))) == exact(without_nulls(value)), name
                spoiled = values.spoil(random, value)
                try:
                    written = dumped(readers[name], spoiled)
                except ValidationError:
                    continue
                if not (written == "null" and name in absent):
                    judge.validate(json.loads(written))
    return fitted


def dumped(reader: TypeAdapter[object], value: object) -> str:
    return exact(reader.dump_python(reader.validate_python(value), mode="json", by_alias=True))


def without_nulls(value: object) -> object:
    if isinstance(value, dict):
        return {name: without_nulls(each) for name, each in value.items() if each is not None}
    return [without_nulls(each) for each in value] if isinstance(value, list) else value


def exact(value: object) -> str:
    """The value as text that holds 1 and true apart, but not 2 and 2.0: to JSON they are one number."""
    return json.dumps(json.loads(json.dumps(value), parse_float=_number), sort_keys=True)


def _number(text: str) -> float:
    number = float(text)
    return int(number) if number.is_integer() else number


def without_integers(project: Project) -> Project:
    """JSON Schema as Nango writes it has no integers; models.py does."""
    return Project(models=tuple(replace(model, type=_without_integers(model.type)) for model in project.models))


def _without_integers(type_: Type) -> Type:
    match type_:
        case Primitive("integer" | "bigint", span):
            return Primitive("number", span)
        case Array(item):
            return replace(type_, item=_without_integers(item))
        case Union(members):
            return replace(type_, members=tuple(map(_without_integers, members)))
        case Object(fields, extra):
            changed = tuple(replace(field, type=_without_integers(field.type)) for field in fields)
            return replace(type_, fields=changed, extra=_without_integers(extra) if extra else None)
        case _:
            return type_


@pytest.mark.parametrize("name", PROJECTS)
def test_real_projects(name: str) -> None:
    project = compile_source(Source("nango.yaml", PROJECTS[name])).project
    assert agree(without_integers(project), Random(name), 10) > 9


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_random_projects(seed: int) -> None:
    random = Random(seed)
    agree(without_integers(projects.project(random)), random, 5, may_drop_nulls=True)


def test_differences_that_formats_force() -> None:
    """The rows of "One model, several formats" in compatibility.md about models.py and schema.json."""
    text = (
        "integrations: {}\nmodels: {M: {i?: integer, d?: date, t?: string, u?: '(string | undefined)[]', n?: number}}"
    )
    project = compile_source(Source("nango.yaml", text)).project
    judge = Draft7Validator(json_schema.definitions(project)["M"])
    rows: list[tuple[dict[str, object], bool, str | None]] = [
        ({"i": 2.0}, True, None),
        ({"i": 1.5}, True, None),
        ({"d": "soon"}, True, None),
        ({"d": "2026-06-30T23:59:60Z"}, True, None),
        ({"d": "2026-01-02"}, True, '{"d": "2026-01-02"}'),
        ({"t": None}, False, "{}"),
        ({"u": [None]}, False, None),
        ({"n": float("inf")}, True, None),
    ]
    with adapters(project) as readers:
        for value, fits, written in rows:
            assert judge.is_valid(value) == fits
            try:
                assert dumped(readers["M"], value) == written
            except ValidationError:
                assert written is None, value
