"""What is asked for: one script, for one connection, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nango_cli.ir.project import Project, Script


@dataclass(frozen=True, slots=True)
class Invocation:
    """`root` is the folder of nango.yaml. `metadata`, if given, stands in for the connection's.

    `input` is an action's, a JSON value. `last_sync_date` is None for a sync's first run.
    """

    root: Path
    project: Project
    integration: str
    script: Script
    connection_id: str
    input: Any = None
    metadata: Mapping[str, Any] | None = None
    last_sync_date: datetime | None = None
