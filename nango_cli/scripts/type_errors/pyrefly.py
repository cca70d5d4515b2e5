"""Pyrefly, by Meta."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import nango_cli
from nango_cli.scripts.type_errors.checker import SETTINGS, Finding

NAME = "pyrefly"
UNRESOLVED = "missing-import"


def arguments(files: Sequence[str]) -> list[str]:
    options = ["--output-format", "json", "--summary", "none", "--progress-bar", "no", "--color", "never"]
    places = ["--config", SETTINGS, "--search-path", ".", "--disable-search-path-heuristics", "true"]
    version = ["--skip-interpreter-query", "--python-version", f"{sys.version_info.major}.{sys.version_info.minor}"]
    packages = [each for each in sys.path if each.endswith(("site-packages", "dist-packages"))]
    packages.append(str(Path(nango_cli.__file__).parent.parent))
    return ["check", *options, *places, *version, *(f"--site-packages-path={each}" for each in packages), *files]


def read(output: bytes) -> list[Finding]:
    return [
        Finding(
            each["path"],
            each["line"],
            each["column"],
            each["stop_line"],
            each["stop_column"],
            each["concise_description"],
            each["name"],
        )
        for each in json.loads(output)["errors"]
        if each["severity"] == "error"
    ]
