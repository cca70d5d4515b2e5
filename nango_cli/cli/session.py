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
        """The session of this process; closed streams and a deleted folder are no reason to fail yet."""
        out, err = (stream or Path(os.devnull).open("w") for stream in (sys.stdout, sys.stderr))  # noqa: SIM115 - open to the end
        try:
            cwd = Path.cwd()
        except FileNotFoundError:
            cwd = Path(os.environ.get("PWD", os.sep))
        return cls(Console(out, err, os.environ), cwd, os.environ)

    def start(self, directory: Path | None) -> Path:
        """The folder in which to look for the project."""
        return self.cwd / (directory or self.directory or Path())
