"""What one run of the command line stands on; tests pass their own."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nango_cli.cli.console import Console


@dataclass(slots=True)
class Session:
    """`directory` is what `-C` before the command named."""

    console: Console
    cwd: Path
    environ: Mapping[str, str]
    directory: Path | None = None

    @classmethod
    def of_process(cls) -> Session:
        return cls(Console(sys.stdout, sys.stderr, os.environ), Path.cwd(), os.environ)

    def start(self, directory: Path | None) -> Path:
        """The folder in which to look for the project."""
        return self.cwd / (directory or self.directory or Path())
