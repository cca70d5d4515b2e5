"""Values are put into a text, and every other character stays."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nango_cli.recordings.splice import put, remove

TEXT = '{\n\t"a": 1.10,\n\t"b": {\n\t\t"c": [1, 2],\n\t\t"d": 1e400\n\t},\n\t"a": -0\n}\n'


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("b", "c"), [3], "[1, 2]", "[\n\t\t\t3\n\t\t]"),
        (("b", "e"), {"é\ud800": None}, "1e400", '1e400,\n\t\t"e": {\n\t\t\t"é\\ud800": null\n\t\t}'),
        (("a",), None, "-0", "null"),
    ],
    ids=["there", "new", "twice there"],
)
def test_put(path: tuple[str, ...], value: Any, old: str, new: str) -> None:
    assert put(TEXT, path, value) == TEXT.replace(old, new)


def test_put_before_another() -> None:
    assert put(TEXT, ("x",), 1, before="b") == TEXT.replace('"b"', '"x": 1,\n\t"b"')
    assert put(TEXT, ("x",), 1, before="none") == TEXT.replace("-0", '-0,\n\t"x": 1')


@pytest.mark.parametrize(
    ("path", "old"),
    [(("b", "c"), '"c": [1, 2],\n\t\t'), (("b", "d"), ',\n\t\t"d": 1e400'), (("b", "none"), "")],
    ids=["first", "last", "none"],
)
def test_remove(path: tuple[str, ...], old: str) -> None:
    assert remove(TEXT, path) == TEXT.replace(old, "")


def test_all_of_a_name_are_removed() -> None:
    assert json.loads(remove(TEXT, ("a",))).keys() == {"b"}
    assert remove('{"a": [ 1 ] }', ("a",)) == "{}"


def test_other_layouts() -> None:
    assert put('{"a": 1, "b": {}}', ("a",), [1, {"c": 2}]) == '{"a": [1, {"c": 2}], "b": {}}'
    assert put('{"a":1,"b":{}}', ("b", "c"), [1, 2]) == '{"a":1,"b":{"c":[1,2]}}'
    assert put('{"a": 1, "b": {}}', ("c",), 2) == '{"a": 1, "b": {}, "c": 2}'
    assert put('{"a": 1}', ("b",), 2, before="a") == '{"b": 2, "a": 1}'
    assert put('{\r\n    "a": 1\r\n}', ("a",), [2]) == '{\r\n    "a": [\r\n        2\r\n    ]\r\n}'


@pytest.mark.parametrize("value", [None, [], {}, {"k": [{"n": 1}, "}"]}, 'a "quoted" { brace'], ids=json.dumps)
@pytest.mark.parametrize("path", [("nango", "batchSave"), ("nango", "new"), ("api", "new"), ("new",)], ids=".".join)
@pytest.mark.parametrize("indent", [None, 0, 2], ids=str)
def test_the_layout_is_that_of_json(indent: int | None, path: tuple[str, ...], value: Any) -> None:
    document: dict[str, Any] = {"nango": {"batchSave": {"M": [{"id": "1"}]}}, "api": {}}
    before = json.dumps(document, indent=indent)
    inner = document
    for name in path[:-1]:
        inner = inner[name]
    there = path[-1] in inner
    inner[path[-1]] = value
    after = json.dumps(document, indent=indent)
    assert put(before, path, value) == after
    assert there or remove(after, path) == before
