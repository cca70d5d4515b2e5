"""A large project is generated in two processes, and nobody can tell. Run in a process of its own, as a fork needs."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SETTING = """
import os
from nango_cli.cli import aside
from nango_cli.diagnostics.source import Source
from nango_cli.generators import registry
from nango_cli.language.compiler import compile_source

models = "".join(f"    M{number}: {{id: string, next: 'M{number}[]', when?: date}}\\n" for number in range(1000))
project = compile_source(Source("nango.yaml", f"integrations: {{}}\\nmodels:\\n{models}")).project
assert len(project.models) == 1000
targets = list(registry.TARGETS)
expected = list(registry.generate(project, targets))
generate, ours = registry.generate, os.getpid()
aside._processors = lambda: 2
asked = []

def generated(behave):
    def watched(project, targets):
        asked.append(list(targets))
        behave(os.getpid() == ours)
        return generate(project, targets)
    registry.generate = watched
    try:
        return aside.generate(project, targets)
    finally:
        try:
            os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            pass
        else:
            raise AssertionError("a process is left")
"""
SAME = """
assert generated(lambda here: None) == expected
assert asked == [targets[:1]]  # the others were asked for elsewhere
"""
FAILING = """
def behave(here):
    assert here, "the copy fails"
assert generated(behave) == expected
assert asked == [targets[:1], targets[1:]]
"""
INTERRUPTED = """
def behave(here):
    if here:
        raise KeyboardInterrupt  # while the copy waits for someone to read its megabyte
try:
    generated(behave)
except KeyboardInterrupt:
    pass
else:
    raise AssertionError
"""
REFUSED = """
def refuse():
    raise BlockingIOError("no more processes")
os.fork = refuse
assert generated(lambda here: None) == expected
assert asked == [targets]
"""
ALONE = """
aside._processors = lambda: 1
assert generated(lambda here: None) == expected
assert asked == [targets]
"""
SMALL = """
aside.LARGE = 1001
assert generated(lambda here: None) == expected
assert asked == [targets]
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.parametrize("case", [SAME, FAILING, INTERRUPTED, REFUSED, ALONE, SMALL])
def test_the_files_are_the_same_whatever_happens(case):
    done = subprocess.run(
        [sys.executable, "-c", SETTING + case], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
