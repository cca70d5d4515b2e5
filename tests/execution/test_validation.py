"""Values against types: what fits, and what is said when it does not."""

from __future__ import annotations

from typing import Any

import pytest
from execution.workbench import SPAN, model, primitive, spanned

from nango_cli.execution.validation import Problem, Validation
from nango_cli.ir.project import Model
from nango_cli.ir.types import Array, Literal, Ref, Type, Union


def union(*members: Type) -> Union:
    return Union(members, SPAN)


def literal(value: Any) -> Literal:
    return Literal(value, SPAN)


def array(item: Type) -> Array:
    return Array(item, SPAN)


def ref(name: str) -> Ref:
    return Ref(name, SPAN)


STRING, NUMBER, NULL = primitive("string"), primitive("number"), primitive("null")
CHOICE = union(literal("open"), literal("closed"))
DATE = "expected a date such as 2025-01-31 or 2025-01-31T09:30:00Z"
USER = model("User", id="string", manager_q=ref("User"), tags_q=array(STRING))
OPEN = model("Open", NUMBER, id="string")
NESTED = model("Nested", head=model("", ref="string", sha_q="string").type, users_q=array(ref("User")))


def check(type_: Type | Model, value: Any) -> list[tuple[str, str]]:
    given = Model(spanned("Given"), type_.type if isinstance(type_, Model) else type_)
    problems = Validation([USER, OPEN, NESTED, given]).check("Given", value, "value")
    return [(each.path, each.message) for each in problems]


@pytest.mark.parametrize(
    ("type_", "values"),
    [
        (STRING, ["", "é"]),
        (NUMBER, [0, 1.5, -3, 10**30]),
        (primitive("integer"), [0, 10**30]),
        (primitive("bigint"), [7]),
        (primitive("boolean"), [True, False]),
        (primitive("date"), ["2025-01-31", "2025-01-31T09:30:00Z", "2025-01-31T09:30:00.123+02:00"]),
        (primitive("object"), [{}, {"a": [1]}]),
        (primitive("array"), [[], [1, "a"]]),
        (primitive("any"), [None, 1, "a", {}, []]),
        (NULL, [None]),
        (literal("a"), ["a"]),
        (literal(1), [1, 1.0]),
        (literal(1.5), [1.5]),
        (literal(True), [True]),
        (CHOICE, ["open", "closed"]),
        (union(STRING, NULL), ["a", None]),
        (union(STRING, NUMBER, array(NUMBER)), ["a", 1, [2]]),
        (array(union(STRING, NULL)), [[], ["a", None]]),
        (USER, [{"id": "1"}, {"id": "1", "manager": {"id": "2", "manager": {"id": "3"}}, "tags": []}]),
        (OPEN, [{"id": "1"}, {"id": "1", "x": 1, "y": 2.5}]),
        (model("", a=union(STRING, primitive("undefined"))), [{}, {"a": "x"}]),
    ],
)
def test_what_fits(type_: Type | Model, values: list[Any]) -> None:
    for value in values:
        assert check(type_, value) == []


@pytest.mark.parametrize(
    ("type_", "value", "message"),
    [
        (STRING, 1, "expected a string, got the number 1"),
        (STRING, None, "expected a string, got null"),
        (NUMBER, True, "expected a number, got true"),
        (NUMBER, "1", 'expected a number, got "1"'),
        (primitive("integer"), 1.5, "expected an integer, got the number 1.5"),
        (primitive("integer"), True, "expected an integer, got true"),
        (primitive("boolean"), 1, "expected true or false, got the number 1"),
        (primitive("date"), "31/01/2025", f'{DATE}, got "31/01/2025"'),
        (primitive("date"), 20250131, f"{DATE}, got the number 20250131"),
        (primitive("object"), [], "expected an object, got an empty list"),
        (primitive("array"), {}, "expected a list, got an object"),
        (primitive("never"), None, "expected nothing, got null"),
        (NULL, 0, "expected null, got the number 0"),
        (literal("a"), "b", 'expected `a`, got "b"'),
        (literal(1), True, "expected `1`, got true"),
        (literal(True), 1, "expected `true`, got the number 1"),
        (CHOICE, "x" * 90, f'expected `open | closed`, got "{"x" * 59}..."'),
        (union(ref("User"), array(union(STRING, NULL))), 3, "expected `User | (string | null)[]`, got the number 3"),
        (USER, "u1", 'expected an object, got "u1"'),
    ],
)  # fmt: skip
def test_what_does_not_fit(type_: Type | Model, value: Any, message: str) -> None:
    assert check(type_, value) == [("value", message)]


def test_every_problem_has_a_path() -> None:
    value = {
        "head": {"sha": None, "reff": "x"},
        "users": [{"id": "1"}, {"id": 2, "manager": {"id": "3", "manager": None, "a b": 1}, "tags": ["a", 1]}],
    }
    assert sorted(check(NESTED, value)) == [
        ("value.head.ref", "is missing"),
        ("value.head.reff", "is not a field of the model; did you mean `ref`?"),
        ("value.head.sha", "expected a string, got null; leave the field out instead"),
        ("value.users[1].id", "expected a string, got the number 2"),
        ("value.users[1].manager.manager", "expected an object, got null; leave the field out instead"),
        ('value.users[1].manager["a b"]', "is not a field of the model"),
        ("value.users[1].tags[1]", "expected a string, got the number 1"),
    ]


def test_other_fields_have_a_type_too() -> None:
    assert check(OPEN, {"id": "1", "x": "y"}) == [("value.x", 'expected a number, got "y"')]


def test_partial_records_may_lack_fields_but_not_lie_about_them() -> None:
    validation = Validation([NESTED, USER])
    assert validation.check("Nested", {"users": []}, "r", partial=True) == ()
    assert validation.check("Nested", {"head": {}}, "r", partial=True) == (Problem("r.head.ref", "is missing"),)
    assert validation.check("Nested", {"users": []}, "r") == (Problem("r.head", "is missing"),)


def test_values_that_are_deep_do_not_break_it() -> None:
    value: dict[str, Any] = {"id": "0"}
    for number in range(150):
        value = {"id": str(number), "manager": value}
    assert check(USER, value) == []
