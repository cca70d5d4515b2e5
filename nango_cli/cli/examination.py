"""What `nango doctor` looks at: the machine, the project and the environment, each in one finding."""

from __future__ import annotations

import contextlib
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Literal, NamedTuple

from nango_cli import __version__
from nango_cli.errors import NangoError

_LIBRARIES = ("typer", "rich", "PyYAML", "pydantic", "httpx", "jinja2", "wcwidth", "pytest")
# Variables that change what a command does, beside all that begin with NANGO_.
_VARIABLES = ("CI", "NO_COLOR", "FORCE_COLOR", "TERM", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE")


class Finding(NamedTuple):
    """`missing` is for what every project needs, `optional` for what some do without; advice says how to get it."""

    subject: str
    state: Literal["ok", "missing", "optional"]
    detail: str
    advice: str | None = None


def examine(start: Path, cwd: Path, environ: Mapping[str, str]) -> list[Finding]:
    """Everything there is to say, in the order to read it."""
    return [
        Finding("nango-cli", "ok", f"{__version__}, in {Path(__file__).parents[2]}"),
        Finding("Python", "ok", f"{platform.python_version()}, {sys.executable}"),
        *_libraries(),
        _yaml_parser(),
        *_programs(),
        *_project(start, cwd),
        _variables(environ),
    ]


def _libraries() -> Iterator[Finding]:
    for name in _LIBRARIES:
        try:
            yield Finding(name, "ok", metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(name, "missing", "not installed", "install nango-cli again: `pip install nango-cli`")


def _yaml_parser() -> Finding:
    import yaml

    if yaml.__with_libyaml__:
        return Finding("libyaml", "ok", "used for reading nango.yaml")
    advice = "install a PyYAML wheel for your platform"
    return Finding("libyaml", "optional", "not there: reading nango.yaml takes ten times as long", advice)


def _programs() -> Iterator[Finding]:
    found = shutil.which("node")
    if found:
        yield Finding("node", "ok", found)
    else:
        yield Finding("node", "optional", "not found; only projects with TypeScript scripts use it")
    yield _type_checker()


def _type_checker() -> Finding:
    from nango_cli.scripts.type_errors import registry

    installed = registry.installed()
    if installed is None:
        advice = "install one: `pip install 'nango-cli[check]'`"
        return Finding("type checker", "optional", "neither ty nor pyrefly is installed with our Python", advice)
    name, program = installed
    with contextlib.suppress(metadata.PackageNotFoundError):
        name = f"{name} {metadata.version(name)}"
    return Finding("type checker", "ok", f"{name}, {program}")


def _project(start: Path, cwd: Path) -> Iterator[Finding]:
    from nango_cli import workspace

    try:
        found = workspace.find(start, cwd)
        compilation = found.compile()
    except NangoError as error:
        # Who stands in no project needs none; one that cannot be read is another matter.
        yield Finding("project", "optional" if error.code == "NG001" else "missing", error.message, error.help)
        return
    state: Literal["ok", "missing"] = "ok" if compilation.ok else "missing"
    advice = None if compilation.ok else "it has errors: `nango check` lists them"
    yield Finding("project", state, found.shown(found.root / workspace.CONFIGURATION), advice)


def _variables(environ: Mapping[str, str]) -> Finding:
    names = sorted(name for name in environ if name.startswith("NANGO_") or name in _VARIABLES)
    return Finding("environment", "ok", ", ".join(names) or "no variable that matters is set")
