"""ty, by Astral."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from nango_cli.scripts.type_errors.checker import SETTINGS, Finding

NAME = "ty"
UNRESOLVED = "import-not-found"

_ERROR = "major"  # in the words of its format; warnings are `minor`


def arguments(files: Sequence[str]) -> list[str]:
    options = ["--output-format", "gitlab", "--exit-zero", "--no-progress", "--color", "never"]
    places = ["--project", ".", "--config-file", SETTINGS, "-c", 'environment.root=["."]', "--python", sys.executable]
    return ["check", *options, *places, "--", *files]


def read(output: bytes) -> list[Finding]:
    found = []
    for each in json.loads(output):
        if each["severity"] != _ERROR:
            continue
        rule, place = each["check_name"], each["location"]["positions"]
        start, end = place["begin"], place["end"]
        found.append(
            Finding(
                each["location"]["path"],
                start["line"],
                start["column"],
                end["line"],
                end["column"],
                each["description"].removeprefix(f"{rule}: "),
                rule,
            )
        )
    return found
