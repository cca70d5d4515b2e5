"""`nango runs diff` of recordings, and of runs that are kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Nango


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """`a` and `b`, which differ, and `mocks/items`, which holds the same records as `a`."""
    a = {"Item": [{"id": "1", "head": {"ref": "x"}}, {"id": "2"}]}
    b = {"Item": [{"id": "3"}, {"id": "1", "head": {"ref": "y"}}]}
    write(tmp_path / "a.test.json", {"batchSave": a})
    write(tmp_path / "b.test.json", {"batchSave": b, "batchDelete": {"Item": [{"id": "2"}]}}, output=7)
    mocks = tmp_path / "acme" / "mocks" / "items" / "Item"
    mocks.mkdir(parents=True)
    (mocks / "batchSave.json").write_text(json.dumps(a["Item"]))
    return tmp_path


def write(path: Path, nango: Any, **more: Any) -> None:
    path.write_text(json.dumps({"api": {}, "nango": nango, **more}))


def test_recordings_are_compared_without_a_project(recordings: Path, nango: Nango) -> None:
    result = nango("runs", "diff", "a.test.json", "b.test.json")
    assert (result.status, result.err) == (1, "")
    assert result.out == (
        'changed Item 1\n    head.ref: "x" -> "y"\nmissing Item 2\nadded   Item 3\n'
        "added   deletion of Item 2\nadded   output  7\n"
    )
    same = nango("runs", "diff", "a.test.json", str(recordings / "a.test.json"), tty=True)
    assert (same.status, same.out, same.err) == (0, "", "no differences\n")


def test_the_older_folder_of_a_script_is_a_recording_too(recordings: Path, nango: Nango) -> None:
    assert nango("runs", "diff", "a.test.json", "acme/mocks/items").status == 0
    assert nango("runs", "diff", "acme/mocks/items", "b.test.json").status == 1


def test_json(recordings: Path, nango: Nango) -> None:
    found = json.loads(nango("runs", "diff", "a.test.json", "b.test.json", "--format", "json").out)
    assert (found["ok"], found["exit_code"]) == (False, 1)
    assert found["data"]["differences"][0] == {
        "kind": "changed",
        "part": "saved",
        "model": "Item",
        "id": "1",
        "fields": {"head.ref": ['"x"', '"y"']},
        "before": {"id": "1", "head": {"ref": "x"}},
        "after": {"id": "1", "head": {"ref": "y"}},
    }
    assert [each["part"] for each in found["data"]["differences"][3:]] == ["deleted", "output"]


def test_a_terminal_gets_the_first_differences_and_a_pipe_all(tmp_path: Path, nango: Nango) -> None:
    write(tmp_path / "a.test.json", {})
    write(tmp_path / "b.test.json", {"batchSave": {"Item": [{"id": str(number)} for number in range(50)]}})
    assert len(nango("runs", "diff", "a.test.json", "b.test.json").out.splitlines()) == 50
    shown = nango("runs", "diff", "a.test.json", "b.test.json", tty=True)
    assert shown.out.splitlines()[-1] == "and 30 more"
    assert shown.err == "50 differences\n"


@pytest.mark.parametrize(
    ("before", "after", "status", "message"),
    [
        ("a.test.json", "3", 2, "error NG801: a run cannot be compared with a recording"),
        ("3", "a.test.json", 2, "error NG801: a run cannot be compared with a recording"),
        ("a.test.json", "gone.test.json", 3, "error NG002: there is no recording at gone.test.json"),
        ("a.test.json", "acme", 3, "error NG002: there is no recording at acme"),
        ("a.test.json", "acme/mocks/gone", 3, "error NG002: there is no recording at acme/mocks/gone"),
        ("a.test.json", "x" * 300, 3, "error NG002: there is no recording at xxx"),
        ("9" * 19, "9" * 19, 3, "error NG002: there is no recording at 999"),
        ("a.test.json", "none.json", 3, "error NG002: none.json is not a recording: it needs the objects `api`"),
        (
            "a.test.json",
            "list.json",
            3,
            "error NG002: list.json is not a recording: $.nango.batchSave is not an object",
        ),
        (
            "a.test.json",
            "number.json",
            3,
            "error NG002: number.json is not a recording: $.nango.batchSave.Item is not a list",
        ),
        ("3", "4", 3, "error NG001: no nango.yaml in . or any folder above it"),
    ],
    ids=[
        "mixed",
        "mixed too",
        "gone",
        "folder",
        "mocks",
        "long",
        "number",
        "no recording",
        "list",
        "not lists",
        "runs",
    ],
)
def test_what_cannot_be_compared(
    recordings: Path, nango: Nango, before: str, after: str, status: int, message: str
) -> None:
    (recordings / "none.json").write_text("{}")
    write(recordings / "list.json", {"batchSave": [1]})
    write(recordings / "number.json", {"batchSave": {"Item": 3}})
    result = nango("runs", "diff", before, after)
    assert result.status == status
    assert result.err.startswith(message)
