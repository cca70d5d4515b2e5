"""models.py: what is generated, and that pydantic reads it as it was meant."""

from __future__ import annotations

import json
import sys
import types
from datetime import datetime, timedelta

import corpus
import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

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
    Named:
        from: string
        x-y: string
    Holder:
        named: Named
    Open:
        __string: number
        from: number
        copy?: number
    Constants:
        one: 1
        yes: true
        mixed: x | 0 | false | 1.5 | null
        half: 0.5
        numbers: 1000000000000 | -1
    Absent:
        void: void
        nothing: undefined
        maybe: string | undefined
        either?: null
        anything?: any
        never?: never
        items: (string | undefined)[]
        dynamic:
            __string: string | undefined
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
    assert task.model_dump(mode="json") == TASK
    assert (task.title, task.note) == (None, None)


@pytest.mark.parametrize("change", [{}, {"note": None}, {"title": "t"}, {"title": "t", "note": "n", "a-b": "c"}])
def test_absent_and_null_stay_apart_where_null_is_a_value(models, change):
    record = {**TASK, **change, "parent": {**TASK, **change}}
    task = models.Task.model_validate(record)
    assert task.model_dump(mode="json") == record
    assert models.Task.model_validate_json(task.model_dump_json()).model_dump(mode="json") == record


def test_what_a_script_sets_is_dumped(models):
    task = models.Task.model_validate(TASK)
    task.note = None
    task.title = None
    assert task.model_dump(mode="json") == {**TASK, "note": None}
    names = task.model_dump(mode="json", by_alias=False)
    assert (names["from_"], "note" in names, "title" in names) == ("y", True, False)


def test_only_the_constructor_takes_names_of_python(models):
    child = models.Named(from_="a", **{"x-y": "b"})
    assert child.model_dump() == {"from": "a", "x-y": "b"}
    with pytest.raises(ValidationError):
        models.Named.model_validate({"from_": "a", "x-y": "b"})
    with pytest.raises(ValidationError):
        models.Holder.model_validate({"named": {"from_": "a", "x-y": "b"}})
    opened = {"from": 1, "from_": 2, "copy": 3}
    assert models.Open.model_validate(opened).model_dump() == opened


CONSTANTS = {
    "one": ([1, 1.0], [True, 2, "1"]),
    "yes": ([True], [1, 1.0, False, "true"]),
    "mixed": ([0, "x", False, 1.5, None], [True, 1, "y", "1.5"]),
    "half": ([0.5], [0.25, 1, True, "0.5"]),
    "numbers": ([10**12, -1], [0, False]),
}


@pytest.mark.parametrize("field", CONSTANTS)
def test_constants_are_exact(models, field):
    taken, refused = CONSTANTS[field]
    base = {"one": 1, "yes": True, "mixed": "x", "half": 0.5, "numbers": -1}
    for value in taken:
        dumped = models.Constants.model_validate({**base, field: value}).model_dump(mode="json")[field]
        assert (dumped, isinstance(dumped, bool)) == (value, isinstance(value, bool))
    for value in refused:
        with pytest.raises(ValidationError):
            models.Constants.model_validate({**base, field: value})
    assert models.Constants.model_json_schema()["properties"]["half"] == {"enum": [0.5], "title": "Half"}


def test_absent_types(models):
    shape = {"void": None, "items": [], "dynamic": {"a": "x"}}
    assert models.Absent.model_validate(shape).model_dump() == shape
    whole = {**shape, "maybe": "x", "either": None, "anything": None}
    assert models.Absent.model_validate(whole).model_dump() == whole
    for change in ({"items": [None]}, {"dynamic": {"a": None}}, {"never": 1}, {"nothing": 1}, {"void": 1}):
        with pytest.raises(ValidationError):
            models.Absent.model_validate({**shape, **change})


DATES = ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.1+00:00", "2026-01-02T03:04:05.123456789-07:00", "2026-01-02"]


@pytest.mark.parametrize("text", DATES)
def test_a_date_is_a_point_in_time_and_written_as_it_was_read(models, text):
    task = models.Task.model_validate({**TASK, "due": text})
    assert isinstance(task.due, datetime)
    assert (task.due.year, task.due.day) == (2026, 2)
    assert task.model_dump(mode="json")["due"] == text
    later = models.Task.model_validate({**TASK, "due": task.due + timedelta(seconds=1)})
    assert later.model_dump(mode="json")["due"] != text


@pytest.mark.parametrize("value", [5, "soon", "1700000000", "", None, True, "2026-13-01T00:00:00Z"])
def test_what_is_no_date(models, value):
    with pytest.raises(ValidationError):
        models.Task.model_validate({**TASK, "due": value})


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
    assert "Any as _Any" in generated(MODELS)


NAMES = {
    "plain": "plain",
    "self": "self",
    "type": "type",
    "match": "match",
    "ünï": "ünï",
    "ﬁ": "fi",
    "from": "from_",
    "None": "None_",
    "model_dump": "model_dump_",
    "model_x": "model_x_",
    "copy": "copy_",
    "schema_json": "schema_json_",
    "_private": "private",
    "__pydantic_extra__": "pydantic_extra__",
    "1st": "field_1st",
    "²": "field_2",
    "a_b": "a_b",
    "a-b": "a_b_2",
    "a b": "a_b_3",
    "": "field",
    "$": "field_3",
    "str": "str_",
    "list": "list_",
    "int": "int_",
    "Any": "Any_",
    "Literal": "Literal_",
    "optional": "optional_",
    "Field": "Field_",
    "T": "T_",
    "class_": "class__",
    "q\"'\\\n": "q____",
}


def test_every_field_can_be_reached(load):
    fields = "".join(f"        {json.dumps(name)}: [str, any, a, 1]\n" for name in NAMES)
    module = load(f"integrations: {{}}\nmodels:\n    class: {{x: string}}\n    T:\n{fields}")
    record = {name: [number] for number, name in enumerate(NAMES)}
    instance = module.T.model_validate(record)
    assert {name: getattr(instance, attribute) for name, attribute in NAMES.items()} == record
    assert instance.model_dump() == record
    assert module.T(**{attribute: record[name] for name, attribute in NAMES.items()}) == instance


MODEL_NAMES = [
    *["1num", "_1num", "class", "None", "list", "str", "print", "Model", "SparseModel", "Field", "Any", "Date", "T"],
    *["Literal", "Annotated", "Exact", "Never", "optional", "TypeAlias", "annotations", "NangoSync", "Response"],
    *["_Model", "__Model", "Exception", "TOwner"],
]
BODY = "{s: string, d: date, e: a | 1 | 1.5, n: 'never[]', x?: 'any', owner: {l: 'list[]'}, o?: any}"


def test_every_model_can_be_reached(load):
    models = "".join(f"    {name}: {BODY}\n" for name in MODEL_NAMES)
    named = [name for name in MODEL_NAMES if name.lower() not in {"any", "date", "never", "none"}]  # types in a field
    whole = "".join(f"        f{index}: {name}\n" for index, name in enumerate(named))
    module = load(f"integrations: {{}}\nmodels:\n{models}    Whole:\n{whole}")
    value = {"s": "s", "d": "2026-01-01T00:00:00Z", "e": 1.5, "n": [], "owner": {"l": []}, "o": None}
    record = {f"f{index}": value for index in range(len(named))}
    assert module.Date.model_validate(value).model_dump(mode="json") == value
    assert module.Whole.model_validate(record).model_dump(mode="json") == record
    assert len(set(module.__all__)) == len(module.__all__)
    assert "NangoSync" in module.__all__
    assert issubclass(module.NangoSync, BaseModel)


def test_types_without_a_name_are_aliases(load):
    actions = (
        "one: {endpoint: /1, input: '(Issue | null)[]', output: date}, two: {endpoint: /2, input: string | undefined}"
    )
    module = load(f"integrations: {{gh: {{actions: {{{actions}}}}}}}\nmodels: {{Issue: {{id: string}}}}")
    read = TypeAdapter(module.Anonymous_gh_action_one_input).validate_python([{"id": "1"}, None])
    assert read == [module.Issue(id="1"), None]
    assert module.Anonymous_gh_action_two_input == str | None
    assert "Anonymous_gh_action_one_output" in module.__all__


def test_it_re_exports_the_sdk(models):
    assert tuple(sdk.__all__) == python_models.SDK_NAMES
    assert set(sdk.__all__) <= set(models.__all__)
    assert all(hasattr(models, name) for name in models.__all__)


def test_a_docstring_says_who_uses_a_model():
    text = generated(
        "integrations: {gh: {actions: {close: {endpoint: /close, input: Issue, output: Issue}}}}\n"
        "models: {Issue: {id: string, label: Label}, Label: {name: string, parent?: Label}}"
    )
    assert '"""Part of `Issue`."""' in text
    assert '"""Input of action `gh/close`, output of action `gh/close`."""' in text


def test_importing_builds_nothing():
    """A project imports hundreds of models and uses a few; building them all takes four times as long."""
    module = types.ModuleType("unbuilt")
    exec(compile(generated(MODELS), "unbuilt.py", "exec", dont_inherit=True), vars(module))
    assert not module.Task.__pydantic_complete__
    assert not module.Base.__pydantic_complete__


def test_only_names_that_come_later_are_quoted():
    text = generated("integrations: {}\nmodels: {A: {b: B, s: string}, B: {a: A, b?: B | null}}")
    assert '    b: "B"\n    s: str\n' in text
    assert '    a: A\n    b: "B | None" = None\n' in text


def test_it_is_the_same_every_time():
    assert generated(MODELS) == generated(MODELS)


@pytest.mark.parametrize("name", corpus.PROJECTS or [pytest.param("", marks=corpus.needs_corpus)])
def test_real_projects_can_be_imported(name, load):
    load(corpus.text(name))
