"""The guides, executed as a reader would: every file written, every command typed at a terminal.

```yaml nango.yaml writes a file, ```diff is applied with `patch`, and `$ ` in a console block is a command of sh; `cd`
stays in force. What the page shows below a command is what a terminal shows, but for durations, ports and memory.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest
from pages import BLOCK, steady

DOCS = Path(__file__).parent.parent / "docs"
GUIDES = [DOCS / "tutorial.md", *(DOCS / "how-to" / f"{name}.md" for name in ("test-a-script", "write-a-sync"))]

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Reader:
    """Somebody who follows a guide, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        bin = str(Path(sys.executable).parent)
        hidden = ("NANGO_", "PYTEST_", "CI", "COLUMNS")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
        self.environ = {**kept, "PATH": f"{bin}:{os.environ['PATH']}", "HOME": str(folder / "home"), "TERM": "xterm"}

    def follow(self, text: str) -> str:
        """The text with what its commands print now."""
        return BLOCK.sub(self._block, text)

    def _block(self, block: re.Match[str]) -> str:
        if block["file"]:
            path = self.folder / block["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["body"], encoding="utf-8")
        elif block["language"] == "diff":
            command = ["patch", "-p0", "--no-backup-if-mismatch", "--fuzz=0"]
            done = subprocess.run(
                command, input=block["body"], cwd=self.folder, text=True, check=True, capture_output=True
            )
            assert "offset" not in done.stdout, f"the line numbers of a hunk are not those of the file: {done.stdout}"
        elif block["language"] == "console":
            lines = re.findall(r"^\$ (.*)\n", block["body"], re.MULTILINE)
            typed = [f"$ {line}\n{self._type(line)}" for line in lines]
            return f"```console\n{''.join(typed)}```"
        return block[0]

    def _type(self, line: str) -> str:
        if line.startswith("cd "):
            self.folder /= line.removeprefix("cd ")
            assert self.folder.is_dir()
            return ""
        typed = f"sh -c {shlex.quote(line)}"
        size = (40, 120)
        how = {"cwd": str(self.folder), "env": self.environ, "encoding": "utf-8", "dimensions": size}
        screen = pexpect.run(typed, timeout=60, **how)
        return steady(_ESCAPES.sub("", screen).replace("\r\n", "\n"))


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_guide(path: Path, golden, tmp_path: Path) -> None:
    golden(path, Reader(tmp_path).follow(path.read_text(encoding="utf-8")))
