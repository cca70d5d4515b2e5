"""Which differences are found between two runs, and how they read."""

from __future__ import annotations

from typing import Any

import pytest

from nango_cli.recordings.cassette import Cassette
from nango_cli.recordings.comparison import Difference, Result, compare, lines, result_of


def saved(*records: Any, model: str = "Item") -> Result:
    return Result({model: list(records)}, {}, {})


def found(before: Result, after: Result) -> list[tuple[str, str | None]]:
    return [(each.kind, each.id) for each in compare(before, after)]


def fields(before: Any, after: Any) -> dict[str, tuple[str, str]]:
    (only,) = compare(saved({"id": "1", "at": before}), saved({"id": "1", "at": after}))
    return dict(only.fields)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (saved({"id": "1", "n": 1}), saved({"n": 1.0, "id": "1"})),
        (saved({"id": "1"}, {"id": "2"}), saved({"id": "2"}, {"id": "1"})),
        (saved({"id": "1", "a": [{"b": None}]}), saved({"id": "1", "a": [{"b": None}]})),
        (saved(), Result({}, {}, {"Item": []})),
        (Result({}, {}, {}, [1, True]), Result({}, {}, {}, [1.0, True])),
        (Result({}, {}, {}, None, {"page": 2}), Result({}, {}, {}, None, {"page": 2.0})),
    ],
    ids=["numbers", "order", "nested", "empty lists", "output", "checkpoint"],
)
def test_these_are_equal(before: Result, after: Result) -> None:
    assert compare(before, after) == []
    assert before == after


@pytest.mark.parametrize(
    ("before", "after", "texts"),
    [
        (1, True, ("1", "true")),
        (0, False, ("0", "false")),
        (1, "1", ("1", '"1"')),
        (None, "", ("null", '""')),
        ({}, [], ("{}", "[]")),
        ("é", "\ud800", ('"é"', '"\\ud800"')),
    ],
    ids=["one", "zero", "text", "null", "kinds", "half a character"],
)
def test_these_differ(before: Any, after: Any, texts: tuple[str, str]) -> None:
    assert fields(before, after) == {"at": texts}
    assert saved(before) != saved(after)


def test_a_nested_field_has_its_path() -> None:
    before = {"head": {"ref": "a", "sha": "1"}, "labels": [{"name": "bug"}, {"name": "old"}], "gone": {"x": 1}}
    after = {"head": {"ref": "b", "sha": "1"}, "labels": [{"name": "wish"}], "new": None}
    assert fields(before, after) == {
        "at.head.ref": ('"a"', '"b"'),
        "at.labels.0.name": ('"bug"', '"wish"'),
        "at.labels.1": ('{"name": "old"}', "-"),
        "at.gone": ('{"x": 1}', "-"),
        "at.new": ("-", "null"),
    }


def test_values_may_be_nested_deeper_than_python_recurses() -> None:
    def deep(value: Any) -> Any:
        for _ in range(3000):
            value = [value]
        return value

    assert fields(deep(1), deep(2)) == {"at" + ".0" * 3000: ("1", "2")}


def test_records_are_found_by_model_and_id() -> None:
    before, after = saved({"id": "1"}, {"id": "2", "n": 1}), saved({"id": "2", "n": 2}, {"id": "3"})
    assert found(before, after) == [("missing", "1"), ("changed", "2"), ("added", "3")]
    assert found(saved({"id": "1"}), saved({"id": "1"}, model="Other")) == [("missing", "1"), ("added", "1")]


def test_an_id_that_changed_its_kind_is_a_changed_field() -> None:
    (only,) = compare(saved({"id": 7}), saved({"id": "7"}))
    assert (only.kind, only.id, only.fields) == ("changed", "7", {"id": ("7", '"7"')})
    assert compare(saved({"id": 7}), saved({"id": 7.0})) == []


def test_a_record_that_is_saved_again_is_compared_with_its_own_time() -> None:
    first, second = {"id": "1", "n": 1}, {"id": "1", "n": 2}
    assert compare(saved(first, second), saved(first, second)) == []
    assert found(saved(first, second), saved(second, first)) == [("changed", "1"), ("changed", "1")]
    assert found(saved(first, second), saved(first)) == [("missing", "1")]


def test_records_without_an_id_are_compared_by_position() -> None:
    before, after = saved({"n": 1}, {"n": 2}, "text"), saved({"n": 1}, {"n": 3}, "text", {"id": None})
    assert [(each.kind, each.id, each.after) for each in compare(before, after)] == [
        ("changed", None, {"n": 3}),
        ("added", None, {"id": None}),
    ]


def test_every_part_counts() -> None:
    one = {"Item": [{"id": "1"}]}
    assert compare(Result(one, one, one, "out", {"page": 1}), Result({}, {}, {})) == [
        Difference("missing", "saved", "Item", "1", {}, {"id": "1"}, None),
        Difference("missing", "updated", "Item", "1", {}, {"id": "1"}, None),
        Difference("missing", "deleted", "Item", "1", {}, {"id": "1"}, None),
        Difference("missing", "output", None, None, {}, "out", None),
        Difference("missing", "checkpoint", None, None, {}, {"page": 1}, None),
    ]


def test_the_result_of_a_recording_is_all_that_it_wrote() -> None:
    one = {"Item": [{"id": "1"}]}
    cassette = Cassette(output=3, saved=one, updated=one, deleted=one, checkpoint={"page": 1})
    assert result_of(cassette) == Result(one, one, one, 3, {"page": 1})
    assert result_of(cassette) != result_of(Cassette())


def test_a_result_has_no_hash_and_equals_nothing_else() -> None:
    assert saved() != {}
    with pytest.raises(TypeError, match="unhashable"):
        hash(saved())


def test_how_differences_read() -> None:
    before = Result({"Item": [{"id": "1", "n": 1}, {"id": "2"}]}, {}, {"Item": [{"id": "3"}]}, 1, None)
    after = Result({"Item": [{"id": "1", "n": 2}, {"x": 1}]}, {"Item::eu": [{"id": "a\nb"}]}, {}, 2, {"page": 1})
    assert "\n".join(lines(compare(before, after))) == (
        "changed Item 1\n"
        "    n: 1 -> 2\n"
        "missing Item 2\n"
        'added   Item (no id)  {"x": 1}\n'
        'added   update of Item::eu "a\\nb"\n'
        "missing deletion of Item 3\n"
        "changed output\n"
        "    1 -> 2\n"
        'added   checkpoint  {"page": 1}'
    )


def test_how_much_is_shown_is_bounded() -> None:
    many = compare(saved(), saved(*({"id": str(number)} for number in range(5))))
    assert lines(many, most=2) == ["added   Item 0", "added   Item 1", "and 3 more"]
    assert len(lines(many, most=5)) == len(lines(many, most=None)) == 5
    wide = compare(saved({"id": "1", **dict.fromkeys("abc", 1)}), saved({"id": "1", **dict.fromkeys("abc", 2)}))
    assert lines(wide, most=2) == ["changed Item 1", "    a: 1 -> 2", "    b: 1 -> 2", "    and 1 more"]


def test_a_long_value_is_shown_where_it_changed() -> None:
    before, after = "x" * 200 + "old" + "y" * 200, "x" * 200 + "new" + "y" * 200
    (_, line) = lines(compare(saved({"id": "1", "t": before}), saved({"id": "1", "t": after})))
    assert line == f"    t: …{'x' * 20}old{'y' * 37}… -> …{'x' * 20}new{'y' * 37}…"
    (_, line) = lines(compare(saved({"id": "1", "t": before}), saved({"id": "1", "t": after})), most=None)
    assert line == f'    t: "{before}" -> "{after}"'
