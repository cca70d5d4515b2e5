"""The wheel works in an empty environment, with no checkout around it."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

from nango_cli import __version__
from nango_cli.diagnostics.codes import CODES

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The `nango` command of a wheel that was built here and installed there."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    install = [environment / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", wheel]
    subprocess.run(install, check=True, capture_output=True)
    return environment / "bin" / "nango"


def nango(installed, *arguments, cwd):
    return subprocess.run([installed, *arguments], cwd=cwd, capture_output=True, text=True, env={"HOME": str(cwd)})


def test_it_answers(installed, tmp_path):
    assert nango(installed, "--version", cwd=tmp_path).stdout == f"nango-cli {__version__}\n"
    assert "Usage: nango" in nango(installed, "--help", cwd=tmp_path).stdout


def test_every_page_is_in_it(installed, tmp_path):
    [site] = installed.parents[1].glob("lib/python3*/site-packages")
    pages = {page.stem for page in (site / "nango_cli" / "_data" / "diagnostics").glob("NG*.md")}
    assert pages == set(CODES)
    explained = nango(installed, "explain", "undefined-model", cwd=tmp_path)
    assert explained.stdout.startswith("# NG201")


def test_every_definition_is_in_it(installed):
    [site] = installed.parents[1].glob("lib/python3*/site-packages")
    names = {file.name for file in (ROOT / "nango_cli" / "providers" / "definitions").glob("*.yaml")}
    assert {file.name for file in (site / "nango_cli" / "providers" / "definitions").glob("*.yaml")} == names


def test_it_runs_the_main_job(installed, tmp_path):
    project = tmp_path / "project"
    copy = ["cp", "-r", ROOT / "nango-integrations", project]
    subprocess.run(copy, check=True)
    (project / "models.py").unlink()
    assert nango(installed, "check", cwd=project).returncode == 0
    assert nango(installed, "generate", cwd=project).returncode == 0
    assert (project / "models.py").read_text() == (ROOT / "nango-integrations" / "models.py").read_text()
    done = nango(installed, "dryrun", "pull-requests", "demo", cwd=project)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 23), done.stderr
