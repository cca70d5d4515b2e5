"""Options and fixtures of the whole suite."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from nango_cli.cli.app import run
from nango_cli.cli.console import Console
from nango_cli.cli.session import Session


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite expected output instead of comparing with it")


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str


Nango = Callable[..., Result]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def nango(tmp_path: Path) -> Nango:
    """Runs one command line in-process: `nango("check", "--format", "json")`, in `tmp_path` unless told otherwise."""

    def call(*arguments: str, cwd: Path = tmp_path, tty: bool = False, environ: dict[str, str] | None = None) -> Result:
        stream = Terminal if tty else io.StringIO
        out, err = stream(), stream()
        environ = {"HOME": str(tmp_path / "home"), **(environ or {})}
        status = run(list(arguments), Session(Console(out, err, environ), cwd, environ))
        return Result(status, out.getvalue(), err.getvalue())

    return call


@pytest.fixture
def project(tmp_path: Path, nango: Nango) -> Path:
    """What `nango init` writes: a sync and an action of GitHub, and a connection to the sample API."""
    assert nango("init").status == 0
    return tmp_path / "nango-integrations"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares text with a file; with `--golden` it writes the file instead."""

    def compare(path: Path, actual: str) -> None:
        if request.config.getoption("--golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8")
        expected = path.read_text(encoding="utf-8") if path.exists() else None
        assert actual == expected, f"{path} is not what it was: run `make golden` and look at the difference"

    return compare
