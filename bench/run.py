"""How fast the commands are, as ratios to peers measured in the same run: medians of wall time, CPU and peak memory.

    python bench/run.py [--rounds N] [--without-npm] [SECTION ...]

The peers are fetched once into `.bench/`. The large project is made from the real ones in `../shared/corpus`, when they
are there.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import commands
import dry_run
import models
import proxy
import records
import stages
import throughput
from measure import ROOT, Run, Setting, measure

CORPUS = ROOT.parent / "shared" / "corpus" / "projects"
SECTIONS = {
    "commands": commands.section,
    "models": models.section,
    "stages": stages.section,
    "dry_run": dry_run.section,
    "throughput": throughput.section,
    "records": records.section,
    "proxy": proxy.section,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = ", ".join(SECTIONS)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"of {names}; all if none is named")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--without-npm", action="store_true")
    options = parser.parse_args()
    for name in options.sections:
        if name not in SECTIONS:
            parser.error(f"no section is named {name}: there are {names}")
    with tempfile.TemporaryDirectory() as folder:
        setting = _setting(Path(folder), options.rounds, with_npm=not options.without_npm)
        [bare] = measure(Run([sys.executable, "-c", "pass"], Path(folder)), rounds=options.rounds)
        print(f"a bare interpreter: {bare.wall * 1000:.0f} ms wall, {bare.cpu * 1000:.0f} ms CPU")
        for name in options.sections or SECTIONS:
            SECTIONS[name](setting)


def _setting(folder: Path, rounds: int, *, with_npm: bool) -> Setting:
    small, large = folder / "small", folder / "large"
    for project in (small, large):
        project.mkdir()
    shutil.copy(ROOT / "bench" / "small_project.yaml", small / "nango.yaml")
    if not CORPUS.is_dir():
        print("(no large project: the corpus is not beside this checkout)")
        return Setting(small, None, "", rounds, with_npm)
    # In a process of its own: until it runs a program, a child is as large as we are, and that counts as its peak.
    write: list[str | Path] = [sys.executable, ROOT / "bench" / "large_project.py", CORPUS, large / "nango.yaml"]
    size = subprocess.run(write, check=True, capture_output=True, text=True).stdout.strip()
    return Setting(small, large, f"a large project: {size}", rounds, with_npm)


if __name__ == "__main__":
    main()
