"""The commands beside those of Nango's own CLI 0.60.5, on the same files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from measure import FETCHED, NANGO, Run, Setting, copy_of, heading, measure, remove_generated, row

VERSION = "0.60.5"
PEER = FETCHED / "node_modules" / ".bin" / "nango"

FIRST = [("--version", ["--version"], ["--version"]), ("--help", ["--help"], ["--help"])]
WORK = [("generate", ["generate"], ["generate"]), ("check", ["check"], ["sync:config.check"])]


def section(setting: Setting) -> None:
    missing = missing_peer(setting.with_npm)
    if missing:
        print(f"\n(no comparison with Nango's own CLI: {missing})")
    _table("a small project", FIRST + WORK, setting.small, setting.rounds, peer=not missing)
    if setting.large:
        _table(setting.large_title, WORK, setting.large, setting.rounds, peer=not missing)


def _table(title: str, rows: list[tuple[str, list[str], list[str]]], project: Path, rounds: int, *, peer: bool) -> None:
    heading(title, "Nango's own CLI" if peer else None)
    for name, ours, theirs in rows:
        runs = [Run([NANGO, *ours], project)]
        if peer:
            runs.append(Run([str(PEER), *theirs], copy_of(project, "nango")))
        row(name, *measure(*runs, rounds=rounds, before=remove_generated))


def missing_peer(with_npm: bool) -> str | None:
    """Why the peer cannot be run, if it cannot; it is fetched once."""
    if not with_npm:
        return "--without-npm was given"
    if not shutil.which("npm"):
        return "npm is not installed"
    if not PEER.exists():
        FETCHED.mkdir(exist_ok=True)
        install = ["npm", "install", "--prefix", str(FETCHED), "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run([*install, f"nango@{VERSION}"], capture_output=True, text=True, check=False)
        if done.returncode:
            return f"`npm install nango@{VERSION}` failed"
    return None
