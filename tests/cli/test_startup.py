"""What a command loads is what a user waits for."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ["pydantic", "pydantic_core", "httpx", "jinja2", "rich", "asyncio", "orjson"]
PROGRAM = """
import json, os, sys
sys.argv = ["nango", *json.loads(sys.argv[1])]
os._exit = sys.exit  # a plain command ends its process at once
from nango_cli.__main__ import main
try:
    main()
except SystemExit:
    pass
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def loaded(*arguments, cwd):
    command = [sys.executable, "-c", PROGRAM, json.dumps(arguments)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_the_first_answers_load_nothing(arguments, tmp_path):
    modules = loaded(*arguments, cwd=tmp_path)
    assert not modules & {*HEAVY, "typer", "yaml", "dataclasses", "pathlib"}


@pytest.mark.parametrize("arguments", [["version"], ["check", "--help"], ["check"], ["generate"]])
def test_daily_commands_load_no_heavy_library(arguments, tmp_path):
    (tmp_path / "nango.yaml").write_text("integrations: {}\n")
    assert not loaded(*arguments, cwd=tmp_path) & set(HEAVY)


@pytest.mark.parametrize("arguments", [["check"], ["generate"], ["check", "-C", "."]])
def test_plain_command_lines_load_no_parser(arguments, tmp_path):
    (tmp_path / "nango.yaml").write_text("integrations: {}\n")
    assert "typer" not in loaded(*arguments, cwd=tmp_path)


@pytest.mark.parametrize("arguments", [["dryrun", "items", "demo"], ["dryrun", "items", "-e", "dev", "--auto-confirm"]])
def test_nor_do_those_of_a_dry_run(arguments, tmp_path):
    (tmp_path / "nango.yaml").write_text("integrations: {}\n")
    assert not loaded(*arguments, cwd=tmp_path) & {"typer", "rich"}


@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "-C", "."], ["check", "-C", "nowhere"], ["generate"], ["check", "-C"]]
)
@pytest.mark.parametrize("text", ["integrations: {}\n", "integrations: 1\n", None])
def test_a_plain_command_line_is_answered_as_the_parser_would(arguments, text, tmp_path, nango):
    if text is not None:
        (tmp_path / "nango.yaml").write_text(text)
    parsed = nango(*arguments)
    done = subprocess.run([sys.executable, "-m", "nango_cli", *arguments], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (parsed.status, parsed.out, parsed.err)
