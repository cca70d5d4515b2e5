"""What a dry run asks at a terminal, and what it does not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect
import pytest


def terminal(project: Path, *arguments: str, **environ: str) -> pexpect.spawn:
    clean = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("NANGO_")}
    return pexpect.spawn(
        sys.executable,
        ["-m", "nango_cli", "dryrun", *arguments],
        cwd=project,
        env={**clean, **environ},
        encoding="utf-8",
        timeout=30,
    )


def test_the_script_is_asked_for_and_the_only_connection_is_not(project: Path) -> None:
    with terminal(project) as shown:
        shown.expect("which script\\?")
        shown.sendline("99")
        shown.expect("type a number from 1 to 2, or a name")
        shown.sendline("pull-requests")
        shown.expect("connection `demo`")
        shown.expect("23 added")
        shown.expect(pexpect.EOF)
    assert shown.exitstatus == 0


def test_the_environment_is_asked_for_where_there_is_a_choice(project: Path) -> None:
    with terminal(project, "pull-requests", NANGO_SECRET_KEY_STAGING="k") as shown:
        shown.expect("1  local")
        shown.expect("2  staging")
        shown.expect("which environment\\?")
        shown.sendline("1")
        shown.expect("23 added")
        shown.expect(pexpect.EOF)
    assert shown.exitstatus == 0


@pytest.mark.parametrize("environ", [{"CI": "1"}, {}])
def test_nobody_is_asked_in_ci_or_without_interaction(project: Path, environ: dict[str, str]) -> None:
    with terminal(project, *([] if environ else ["--no-interactive"]), **environ) as shown:
        shown.expect("missing the argument SCRIPT")
        shown.expect(pexpect.EOF)
    assert shown.exitstatus == 2
