"""Two type checkers agree with the SDK and about scripts that use it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import nango_cli

_SDK = Path(nango_cli.__file__).parent / "sdk"
_SAMPLE = Path(__file__).parent / "typing" / "sample.py"
_MISTAKES = [
    number
    for number, line in enumerate(_SAMPLE.read_text().splitlines(), 1)
    if line.strip() and "# type: ignore" in line
]


def test_mypy() -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "--no-incremental"]
    done = subprocess.run([*command, str(_SDK), str(_SAMPLE)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_pyrefly(tmp_path: Path) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text(_SAMPLE.read_text().replace("# type: ignore", "# "))
    (tmp_path / "pyrefly.toml").write_text(f"search-path = [{str(_SDK.parents[1])!r}]\n")
    command = [Path(sys.executable).with_name("pyrefly"), "check", "--output-format", "json"]
    command += ["--config", str(tmp_path / "pyrefly.toml"), "--python-interpreter-path", sys.executable]
    done = subprocess.run([*command, str(_SDK), str(sample)], capture_output=True, text=True, check=False)
    found = [each for each in json.loads(done.stdout)["errors"] if each["severity"] == "error"]
    elsewhere = [each for each in found if Path(each["path"]).name != "sample.py"]
    assert elsewhere == []
    assert sorted({each["line"] for each in found}) == _MISTAKES
