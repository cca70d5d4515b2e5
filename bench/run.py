"""How fast the commands are, as ratios to peers measured in the same run: medians, wall time, and CPU beside it.

    python bench/run.py [--rounds N] [--without-npm]

The peers are a bare interpreter and, where npm is installed, Nango's own CLI 0.60.5, which is fetched once into
`.bench/` and runs on the same files.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEER_FOLDER = ROOT / ".bench"
PEER = PEER_FOLDER / "node_modules" / ".bin" / "nango"
PEER_VERSION = "0.60.5"


def measure(command: Sequence[str], cwd: Path, rounds: int) -> tuple[float, float]:
    """The median wall and CPU seconds of a command, after one run that does not count."""
    environment = {**os.environ, "CI": "true", "NANGO_CLI_UPGRADE_MODE": "ignore"}
    walls, cpus = [], []
    for round_ in range(rounds + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run(command, cwd=cwd, env=environment, capture_output=True, check=True)
        wall = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if round_:
            walls.append(wall)
            cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(walls), statistics.median(cpus)


def peer_is_there(with_npm: bool) -> bool:
    if not with_npm or not shutil.which("npm"):
        return False
    if not PEER.exists():
        PEER_FOLDER.mkdir(exist_ok=True)
        install = ["npm", "install", "--prefix", str(PEER_FOLDER), "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run([*install, f"nango@{PEER_VERSION}"], check=True, capture_output=True)
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--without-npm", action="store_true")
    options = parser.parse_args()
    nango = str(Path(sys.executable).with_name("nango"))
    peer = peer_is_there(not options.without_npm)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        shutil.copy(ROOT / "nango-integrations" / "nango.yaml", project)
        (project / ".nango").mkdir()
        rows = [
            ("--version", ["--version"], ["--version"]),
            ("--help", ["--help"], ["--help"]),
            ("check, small project", ["check"], ["sync:config.check"]),
            ("generate, small project", ["generate"], ["generate"]),
        ]
        bare, bare_cpu = measure([sys.executable, "-c", "pass"], project, options.rounds)
        print(f"{'':28}{'wall ms':>10}{'CPU ms':>10}{'x interpreter':>16}{'x faster than Nango':>22}")
        print(f"{'python -c pass':28}{bare * 1000:10.0f}{bare_cpu * 1000:10.0f}")
        for name, ours, theirs in rows:
            wall, cpu = measure([nango, *ours], project, options.rounds)
            row = f"{name:28}{wall * 1000:10.0f}{cpu * 1000:10.0f}{wall / bare:16.1f}"
            if peer:
                row += f"{measure([str(PEER), *theirs], project, options.rounds)[0] / wall:22.1f}"
            print(row)
    if not peer:
        print("(no comparison with Nango's own CLI: npm is not installed, or --without-npm was given)")


if __name__ == "__main__":
    main()
