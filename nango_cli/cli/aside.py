"""Generating a large project with two processors: each target is a function of the project alone.

Half of a large `generate` is spent in the generators. The first target is generated here and the others in a copy of
this process, which sends their text back. Whatever goes wrong there is done again here, where it is reported.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Sequence

from nango_cli.generators import registry
from nango_cli.generators.generator import GeneratedFile
from nango_cli.ir.project import Project

LARGE = 400
"""Models from which on a second process takes less time than it saves."""


def generate(project: Project, targets: Sequence[str]) -> list[GeneratedFile]:
    """The files of the targets, in their order. Only for a process without threads: it may fork."""
    if len(targets) < 2 or len(project.models) < LARGE or not hasattr(os, "fork") or _processors() < 2:
        return list(registry.generate(project, targets))
    first, others = targets[:1], targets[1:]
    try:
        copy = _Copy(project, others)
    except OSError:  # no process to be had
        return list(registry.generate(project, targets))
    with copy:
        files = list(registry.generate(project, first))
        theirs = copy.files()
    return files + (list(registry.generate(project, others)) if theirs is None else theirs)


class _Copy:
    """A copy of this process that generates some targets and ends; it is gone when the block is left."""

    def __init__(self, project: Project, targets: Sequence[str]) -> None:
        self.pipe, theirs = os.pipe()
        try:
            self.number = os.fork()
        except OSError:
            os.close(self.pipe)
            os.close(theirs)
            raise
        if self.number == 0:
            _answer(project, targets, self.pipe, theirs)
        os.close(theirs)

    def files(self) -> list[GeneratedFile] | None:
        """What it has generated; None if it failed."""
        with open(self.pipe, "rb", closefd=False) as pipe:
            data = pipe.read()
        try:
            return [GeneratedFile(path, text) for path, text in marshal.loads(data)]
        except (EOFError, ValueError, TypeError):
            return None

    def __enter__(self) -> _Copy:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.pipe)  # if it still has something to say, it stops at that
        os.waitpid(self.number, 0)


def _answer(project: Project, targets: Sequence[str], reading: int, pipe: int) -> None:
    """Generate, write the files into the pipe and end, in whatever way, without running anything of our parent's."""
    status = 1
    try:
        os.close(reading)  # else writing would wait for a reader even when there is none
        data = marshal.dumps([tuple(file) for file in registry.generate(project, targets)])
        with open(pipe, "wb") as file:
            file.write(data)
        status = 0
    finally:
        os._exit(status)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
