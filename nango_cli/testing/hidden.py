"""What came of a run as it may be written down, and compared with what was."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from nango_cli.recordings.comparison import Result
from nango_cli.recordings.scrub import STAND_IN, Scrubber


def comparable(result: Result, recorded: Result) -> tuple[Result, Result]:
    """Both without secrets. The stand-in of one that the script has made has another number in every run, so none."""
    scrubber = Scrubber()
    for each in _parts(result):
        scrubber.learn(each)
    scrubbed = Result(*map(scrubber.value, _parts(result)))
    return (result, recorded) if scrubbed == result else (_unnumbered(scrubbed), _unnumbered(recorded))


def _unnumbered(result: Result) -> Result:
    whole = json.dumps(_parts(result))
    parts = json.loads(re.sub(rf"{STAND_IN}\d+", f"{STAND_IN}0", whole))
    return replace(Result(*parts), is_recorded=result.is_recorded)


def _parts(result: Result) -> tuple[Any, ...]:
    return result.saved, result.updated, result.deleted, result.output, result.checkpoint
