"""How fast the commands are, as ratios to peers measured in the same run: medians of wall time, CPU and peak memory.

    python bench/run.py [--rounds N] [--without-npm]

The peers are a bare interpreter and, where npm is installed, Nango's own CLI 0.60.5, which is fetched once into
`.bench/` and runs on the same files. The large project is made from the real ones in `../shared/corpus`, when they are
there.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import large_project

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "projects"
PEER_FOLDER = ROOT / ".bench"
PEER = PEER_FOLDER / "node_modules" / ".bin" / "nango"
PEER_VERSION = "0.60.5"
NANGO = str(Path(sys.executable).with_name("nango"))


class Cost(NamedTuple):
    """Seconds, seconds, bytes."""

    wall: float
    cpu: float
    peak: int


def measure(command: Sequence[str], cwd: Path, rounds: int) -> Cost:
    """The medians of a command's costs, after one run that does not count."""
    costs = [_once(command, cwd) for _ in range(rounds + 1)][1:]
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        int(statistics.median(cost.peak for cost in costs)),
    )


def _once(command: Sequence[str], cwd: Path) -> Cost:
    environment = {**os.environ, "CI": "true", "NANGO_CLI_UPGRADE_MODE": "ignore"}
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with status {process.returncode} in {cwd}")
    return Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def peer_is_there(with_npm: bool) -> bool:
    if not with_npm or not shutil.which("npm"):
        return False
    if not PEER.exists():
        PEER_FOLDER.mkdir(exist_ok=True)
        install = ["npm", "install", "--prefix", str(PEER_FOLDER), "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run([*install, f"nango@{PEER_VERSION}"], check=True, capture_output=True)
    return True


def table(title: str, rows: list[tuple[str, list[str], list[str]]], cwd: Path, rounds: int, peer: bool) -> None:
    """Print a row for each of our commands, with the peer's own command beside it."""
    print(f"\n{title}")
    print(f"{'':12}{'wall ms':>10}{'CPU ms':>10}{'peak MB':>10}", end="")
    print(f"{'Nango wall ms':>16}{'peak MB':>10}{'times faster':>14}" if peer else "")
    for name, ours, theirs in rows:
        our = measure([NANGO, *ours], cwd, rounds)
        print(f"{name:12}{our.wall * 1000:10.0f}{our.cpu * 1000:10.0f}{our.peak / 1e6:10.0f}", end="")
        if peer:
            their = measure([str(PEER), *theirs], cwd, rounds)
            print(f"{their.wall * 1000:16.0f}{their.peak / 1e6:10.0f}{their.wall / our.wall:14.1f}", end="")
        print(flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--without-npm", action="store_true")
    options = parser.parse_args()
    peer = peer_is_there(not options.without_npm)
    work = [("generate", ["generate"], ["generate"]), ("check", ["check"], ["sync:config.check"])]
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small"), Path(folder, "large")
        for project in (small, large):
            (project / ".nango").mkdir(parents=True)
        shutil.copy(ROOT / "nango-integrations" / "nango.yaml", small)
        bare = measure([sys.executable, "-c", "pass"], small, options.rounds)
        print(f"a bare interpreter: {bare.wall * 1000:.0f} ms wall, {bare.cpu * 1000:.0f} ms CPU")
        first = [("--version", ["--version"], ["--version"]), ("--help", ["--help"], ["--help"])]
        table("the example project", first + work, small, options.rounds, peer)
        if CORPUS.is_dir():
            size = large_project.write(CORPUS, large / "nango.yaml")
            title = ", ".join(f"{number:,} {what}" for what, number in size.items())
            table(f"a large project: {title}", work, large, options.rounds, peer)
        else:
            print("\n(no large project: the corpus is not beside this checkout)")
    if not peer:
        print("\n(no comparison with Nango's own CLI: npm is not installed, or --without-npm was given)")


if __name__ == "__main__":
    main()
