"""The formats that commands write in."""

from __future__ import annotations

from enum import StrEnum


class ReportFormat(StrEnum):
    """How diagnostics are written."""

    text = "text"
    json = "json"
    github = "github"
    sarif = "sarif"


class ResultFormat(StrEnum):
    """How a command that is not about diagnostics writes its result."""

    text = "text"
    json = "json"


class RunFormat(StrEnum):
    """How a run is shown: `ndjson` writes a line for everything as it happens."""

    text = "text"
    json = "json"
    ndjson = "ndjson"
