"""Shell completion: the script, and what it offers, in a real shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("nango")


def offered(line, cwd):
    """What bash would offer at the end of a line."""
    words = line.split()
    index = len(words) if line.endswith(" ") else len(words) - 1
    environ = {**os.environ, "COMP_WORDS": line, "COMP_CWORD": str(index), "_NANGO_COMPLETE": "complete_bash"}
    done = subprocess.run([COMMAND], cwd=cwd, env=environ, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nango dry", ["dryrun"]),
        ("nango dryrun ", ["pull-requests", "create-pull-request"]),
        ("nango dryrun cr", ["create-pull-request"]),
        ("nango dryrun pull-requests ", ["demo"]),
        ("nango dryrun x y --integration-id g", ["github"]),
        ("nango explain undefined-m", ["undefined-model"]),
        ("nango check --format g", ["github"]),
        ("nango generate --target ty", ["typescript"]),
        ("nango create --sync git", ["github"]),
    ],
)
def test_what_is_offered(line, words, project):
    assert offered(line, project) == words


@pytest.mark.parametrize("text", [None, "integrations: [", "\0"])
def test_without_a_readable_project_nothing_is_offered(text, tmp_path):
    if text is not None:
        (tmp_path / "nango.yaml").write_text(text)
    assert offered("nango dryrun ", tmp_path) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_of_each_shell(shell, nango):
    result = nango("completion", shell)
    assert (result.status, result.err) == (0, "")
    assert "_NANGO_COMPLETE" in result.out


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash to try the script in")
def test_bash_takes_the_script(project):
    program = 'eval "$(nango completion bash)"; COMP_WORDS=(nango dryrun pull); COMP_CWORD=2; '
    program += '_nango_completion nango; echo "${COMPREPLY[@]}"'
    environ = {**os.environ, "PATH": f"{COMMAND.parent}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", program], cwd=project, env=environ, capture_output=True, text=True, check=True)
    assert done.stdout == "pull-requests\n"
