"""Generated Python as other tools see it: a strict type checker and a formatter, over everything at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import corpus
import pytest

from nango_cli.diagnostics.source import Source
from nango_cli.generators import python_models
from nango_cli.generators.python_layout import Subscript, declaration, either
from nango_cli.language.compiler import compile_source

ODD = Path(__file__).with_name("odd.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A module for each project."""
    folder = tmp_path_factory.mktemp("generated")
    for name, text in [("odd", ODD), *((name, corpus.text(name)) for name in corpus.PROJECTS)]:
        compilation = compile_source(Source("nango.yaml", text))
        assert compilation.ok, compilation.diagnostics
        [file] = python_models.generate(compilation.project)
        (folder / f"models_{name.replace('-', '_')}.py").write_text(file.text, encoding="utf-8")
    return folder


def run(*arguments: str, cwd: Path) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_strict_type_checker_has_nothing_to_say(folder: Path) -> None:
    cache = Path(__file__).parents[2] / ".mypy_cache" / "generated"
    run("mypy", "--strict", "--config-file=", f"--cache-dir={cache}", ".", cwd=folder)


def test_the_formatter_changes_nothing(folder: Path) -> None:
    run("ruff", "format", "--isolated", "--line-length=120", "--no-cache", "--diff", ".", cwd=folder)


def test_a_declaration_breaks_where_it_nests() -> None:
    states = Subscript("Literal", tuple(f'"{letter * 40}"' for letter in "abc"))
    assert declaration("state", either(states, "None"), "optional", []) == [
        "state: (",
        "    Literal[",
        *[f'        "{letter * 40}",' for letter in "abc"],
        "    ]",
        "    | None",
        ") = optional()",
    ]
