"""What a script can import, and that each module is one object."""

from __future__ import annotations

import pytest
from runners.guest import Guests


@pytest.mark.parametrize(
    "statement",
    [
        "from ..mappers.to_event import answer",
        "from ..mappers import to_event; answer = to_event.answer",
        "from google_calendar.mappers.to_event import answer",
        "import google_calendar.mappers.to_event as event; answer = event.answer",
        "from ...google_calendar.mappers.to_event import answer",
        "from ..mappers.to_all_events import answer",
        "from google_calendar.mappers.to_all_events import answer",
        "from ..field_mappers.to_title import answer",
        "from ..shared_code.deep.one import answer",
        "from shared.numbers import answer",
        "from ...shared.numbers import answer",
        "from helper import answer",
        "from ... import helper; answer = helper.answer",
    ],
)
def test_modules_of_the_project(guests: Guests, statement: str) -> None:
    guests.write("google-calendar/mappers/to_event.py", "answer = 42")
    guests.write("google-calendar/mappers/to-all-events.py", "from .to_event import answer")
    guests.write("google-calendar/field-mappers/to-title.py", "from ..mappers.to_event import answer")
    guests.write("google-calendar/shared-code/__init__.py", "from ..mappers.to_event import answer")
    guests.write("google-calendar/shared-code/deep/one.py", "from .. import answer")
    guests.write("shared/numbers.py", "from google_calendar.mappers.to_event import answer")
    guests.write("helper.py", "from shared.numbers import answer")
    for path in ("google-calendar/actions/all-events.py", "google-calendar/actions/all_events.py"):
        text = f"{statement}\ndef run_action(nango): return answer"
        assert guests.output(text, path=path) == 42


def test_a_module_is_one_object_under_all_its_names(guests: Guests) -> None:
    guests.write("google-calendar/mappers/to-event.py", "class Event: pass")
    guests.write("github/mappers/shared.py", "from google_calendar.mappers.to_event import Event")
    output = guests.output(
        """
        import google_calendar.mappers.to_event as absolute
        from ..mappers import to_event as relative
        from ...google_calendar.mappers import to_event as rooted
        from github.mappers.shared import Event
        import models
        from ... import models as same

        def run_action(nango):
            return [absolute is relative is rooted, Event is relative.Event, models is same]
        """,
        path="google-calendar/actions/x.py",
    )
    assert output == [True, True, True]


def test_names_of_the_standard_library_and_of_packages(guests: Guests) -> None:
    guests.write("github/types.py", "answer = 42")
    guests.write("github/json.py", "answer = 43")
    guests.write("types.py", "raise AssertionError")
    guests.write("httpx/mappers/x.py", "answer = 44")
    output = guests.output(
        """
        import json, types
        import httpx, pydantic
        from ..types import answer
        from ..json import answer as other
        from ...httpx.mappers.x import answer as third

        def run_action(nango):
            return [json.loads("1"), types.__file__ != __file__, hasattr(httpx, "Client"), answer, other, third]
        """
    )
    assert output == [1, True, True, 42, 43, 44]


def test_circular_imports(guests: Guests) -> None:
    guests.write("my-api/mappers/one.py", "from my_api.mappers import two\ndef one(): return two.two()")
    guests.write("my-api/mappers/two.py", "from . import one\ndef two(): return one.__name__")
    text = "from ..mappers.one import one\ndef run_action(nango): return one()"
    assert guests.output(text, path="my-api/actions/x.py") == "nango_project.my_api.mappers.one"


def test_what_is_imported_for_type_checkers_only(guests: Guests) -> None:
    guests.write("github/shapes.py", "from dataclasses import dataclass\n@dataclass\nclass Point:\n    x: int")
    text = """
        from __future__ import annotations
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            import nowhere
            from models import NangoAction
            from ..shapes import Point

        def run_action(nango: NangoAction, input: Point): return type(input).__name__ + str(input.x)
    """
    assert guests.output(text, input={"x": 3}) == "Point3"


def test_what_is_not_there(guests: Guests) -> None:
    error = guests.error("from ..mappers.nope import x\ndef run_action(nango): pass")
    assert error["type"] == "ModuleNotFoundError"
    assert error["message"] == "No module named 'github.mappers'"
    assert error["help"] == "the project has no github/mappers.py, nor such a folder"
    error = guests.error("import github.nope\ndef run_action(nango): pass")
    assert error["message"] == "No module named 'github.nope'"
