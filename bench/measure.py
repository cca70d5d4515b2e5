"""Measuring commands: medians of wall time, CPU and peak memory, the commands that are compared taking turns."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
FETCHED = ROOT / ".bench"
"""Where peers are installed and caches are kept; git ignores it."""

NANGO = str(Path(sys.executable).with_name("nango"))


class Setting(NamedTuple):
    """What every section measures with; `large` is None when the corpus that it is made of is not there."""

    small: Path
    large: Path | None
    large_title: str
    rounds: int
    with_npm: bool


class Run(NamedTuple):
    command: Sequence[str]
    cwd: Path


class Cost(NamedTuple):
    """Seconds, seconds, bytes."""

    wall: float
    cpu: float
    peak: int


def measure(*runs: Run, rounds: int, before: Callable[[Path], object] = Path) -> list[Cost]:
    """The medians of each command's costs, after one run of each that does not count.

    The commands take turns, so that a machine that slows down does so for all. `before` prepares a folder each time.
    """
    costs: list[list[Cost]] = [[] for _ in runs]
    for number in range(rounds + 1):
        for run, found in zip(runs, costs, strict=True):
            before(run.cwd)
            cost = _once(run)
            if number:
                found.append(cost)
    return [_median(each) for each in costs]


def remove_generated(project: Path) -> None:
    """Remove the generated files, so that each run writes them; scripts stay, which Nango's own CLI writes once."""
    for name in ("models.py", "models.ts"):
        (project / name).unlink(missing_ok=True)
    shutil.rmtree(project / ".nango", ignore_errors=True)
    (project / ".nango").mkdir()


def copy_of(project: Path, name: str) -> Path:
    """A copy of a project for another program, which may leave files of its own in it."""
    place = project.with_name(f"{project.name}-{name}")
    place.mkdir(exist_ok=True)
    shutil.copy(project / "nango.yaml", place)
    return place


def bytecode() -> dict[str, str]:
    """The environment of a Python program that has been installed, so that its bytecode is there already."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(FETCHED / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        int(statistics.median(cost.peak for cost in costs)),
    )


def _once(run: Run) -> Cost:
    command, cwd = run
    environment = {**bytecode(), "CI": "true", "NANGO_CLI_UPGRADE_MODE": "ignore"}
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with status {process.returncode} in {cwd}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def heading(title: str, peer: str | None) -> None:
    print(f"\n{title}")
    columns = f"{'':12}{'wall ms':>10}{'CPU ms':>10}{'peak MB':>10}"
    if peer:
        columns += f"{peer + ' ms':>22}{'peak MB':>10}{'times faster':>14}{'of its memory':>15}"
    print(columns, flush=True)


def row(name: str, ours: Cost, theirs: Cost | None = None) -> None:
    line = f"{name:12}{ours.wall * 1000:10.0f}{ours.cpu * 1000:10.0f}{ours.peak / 1e6:10.0f}"
    if theirs:
        ratio, share = theirs.wall / ours.wall, ours.peak / theirs.peak
        line += f"{theirs.wall * 1000:22.0f}{theirs.peak / 1e6:10.0f}{ratio:14.1f}{share:15.0%}"
    print(line, flush=True)
