"""How Python scripts are found and started."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nango_cli.runners import python
from nango_cli.runners.runner import Runner, candidates


def test_the_module_is_a_runner() -> None:
    runner: Runner = python
    assert runner.SUFFIX == ".py"
    assert runner.health() is None


def test_only_what_is_harmless_is_passed_on() -> None:
    kept = {"PATH": "p", "HOME": "h", "LANG": "C", "LC_CTYPE": "C", "TZ": "UTC", "TMPDIR": "/t", "SYSTEMROOT": "s"}
    secret = {"NANGO_SECRET_KEY": "x", "AWS_SECRET_ACCESS_KEY": "x", "PYTHONPATH": "x", "path": "x", "HTTP_PROXY": "x"}
    assert python.prepare(Path("s.py"), Path("/root"), {**kept, **secret}).environment == kept


def test_the_guest_starts_without_the_rest_of_nango() -> None:
    command = python.prepare(Path("s.py"), Path.cwd(), {})
    code = "import nango_cli.sdk.guest, sys; print(*[each for each in sys.modules if 'nango_cli.' in each])"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert all(name.startswith("nango_cli.sdk") for name in done.stdout.split())
    assert command.arguments[0] == sys.executable


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("sync", "users", ["i/syncs/users.py", "users.py"]),
        ("action", "add-user", ["i/actions/add_user.py", "i/actions/add-user.py", "add_user.py", "add-user.py"]),
        ("on-event", "up", ["i/on-events/up.py", "i/on_events/up.py", "up.py"]),
    ],
)
def test_candidates(kind: str, name: str, expected: list[str]) -> None:
    found = [path.as_posix() for path in candidates(Path(), "i", kind, name, ".py")]
    assert found == expected
