"""Folders for temporary files, also those of processes that were killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from nango_cli.runners.private_folder import private_folder

HOLD = """
import sys, time
from nango_cli.runners.private_folder import private_folder
with private_folder(sys.argv[1]) as folder:
    open(folder + "/file", "w").close()
    print(folder, flush=True)
    time.sleep(60)
"""


def test_it_is_gone_afterwards(tmp_path: Path) -> None:
    with private_folder(str(tmp_path)) as folder:
        (Path(folder) / "file").write_text("x")
        assert Path(folder).stat().st_mode & 0o777 == 0o700
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    other = tmp_path / "nango-mine"
    other.mkdir()
    os.utime(other, (0, 0))
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        left = Path(process.stdout.readline().strip())
        os.utime(left, (0, 0))
        with private_folder(str(tmp_path)):
            assert left.is_dir()
        process.kill()
    with private_folder(str(tmp_path)):
        assert not left.exists()
    assert list(tmp_path.iterdir()) == [other]
