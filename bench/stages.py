"""What each stage of a large `generate` and `check` costs: the least CPU time of several runs.

python bench/stages.py NANGO_YAML ROUNDS
"""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from measure import ROOT, Setting, bytecode

T = TypeVar("T")


def section(setting: Setting) -> None:
    if setting.large:
        print("\nthe stages of the large project, in ms of CPU", flush=True)
        script = [sys.executable, str(ROOT / "bench" / "stages.py")]
        arguments = [str(setting.large / "nango.yaml"), str(setting.rounds)]
        subprocess.run([*script, *arguments], check=True, env=bytecode())


def main(path: str, rounds: int) -> None:
    gc.disable()  # as the command does
    started = time.process_time()
    import nango_cli.workspace  # noqa: F401 - as every command does
    from nango_cli.checks.registry import RULES
    from nango_cli.diagnostics.diagnostic import Diagnostics
    from nango_cli.diagnostics.render.text import render_text
    from nango_cli.diagnostics.source import Source
    from nango_cli.generators import registry
    from nango_cli.language import document, fix, syntax
    from nango_cli.language.compiler import compile_source
    from nango_cli.language.resolve import resolve

    generators = [(target, registry.generator(target)) for target in registry.DEFAULT]
    print(f"  {'our modules, PyYAML':36}{(time.process_time() - started) * 1000:6.0f}")

    def stage(name: str, work: Callable[[], T]) -> T:
        best = float("inf")
        for _ in range(rounds):
            start = time.process_time()
            result = work()
            best = min(best, time.process_time() - start)
        print(f"  {name:36}{best * 1000:6.0f}")
        return result

    source = Source("nango.yaml", Path(path).read_text(encoding="utf-8"))
    tree = stage("text to tree", lambda: syntax.parse(source, Diagnostics()))
    assert isinstance(tree, syntax.Mapping)
    parts = stage("tree to parts", lambda: document.read(tree, Diagnostics()))
    project = stage("parts to project", lambda: resolve(parts, Diagnostics()))
    for target, each in generators:
        stage(f"generate: {target}", partial(_files, each, project))
    stage("check: rules", lambda: [found for rule in RULES.values() for found in rule.check(project)])
    found = compile_source(source, RULES.values()).diagnostics
    stage(f"check: fixes of {len(found)} diagnostics", lambda: list(fix.attach(found, source, tree)))
    stage("check: text", lambda: render_text(found, {source.path: source}, color=False))


def _files(generator: Any, project: Any) -> list[Any]:
    return list(generator.generate(project))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
