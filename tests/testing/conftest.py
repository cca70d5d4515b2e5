"""A project with recordings of the bundled sample API, and pytest and `nango test` as processes of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

YAML = """
integrations:
  github:
    syncs:
      pulls:
        runs: every hour
        output: Pull
        sync_type: incremental
        endpoint: {method: GET, path: /pulls, group: Pulls}
    actions:
      latest:
        endpoint: {method: POST, path: /latest, group: Pulls}
        input: Wanted
        output: Pull
      unrecorded:
        endpoint: {method: POST, path: /unrecorded, group: Pulls}
models:
  Wanted: {state: string}
  Pull: {id: string, title: string, state: string}
"""
LOCAL = """
integrations:
  github:
    base_url: sample:github
    connections: {demo: {metadata: {team: blue}}}
"""
PULLS = """
from models import LinkPagination, NangoSync, ProxyConfiguration, Pull

PATH = "/repos/octo-org/hello-world/pulls"


def fetch_data(nango: NangoSync) -> None:
    nango.log(f"since {nango.last_sync_date} {nango.get_metadata()['team']}")
    config = ProxyConfiguration(endpoint=PATH, params={"per_page": 2}, paginate=LinkPagination())
    for page in nango.paginate(config):
        nango.batch_save([Pull(id=str(each["id"]), title=each["title"], state=each["state"]) for each in page])
        nango.save_checkpoint({"last": page[-1]["number"]})
"""
LATEST = """
from models import NangoAction, ProxyConfiguration, Pull, Wanted


def run_action(nango: NangoAction, input: Wanted) -> Pull:
    params = {"state": input.state, "per_page": 1}
    found = nango.get(ProxyConfiguration(endpoint="/repos/octo-org/hello-world/pulls", params=params)).data[0]
    nango.log(found["number"])
    return Pull(id=str(found["id"]), title=found["title"], state=found["state"])
"""
PULLS_FILE = "github/tests/pulls.test.json"
LATEST_FILE = "github/tests/latest.test.json"
_NOT_HANDED_ON = ("NANGO_", "PYTEST_", "CI", "COV", "FORCE_COLOR", "NO_COLOR")


class Ran:
    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.out = out
        self.err = err

    @property
    def data(self) -> dict[str, Any]:
        """Of the envelope that is all of stdout."""
        found: dict[str, Any] = json.loads(self.out)["data"]
        return found

    @property
    def tests(self) -> dict[str, str]:
        """How each test of the envelope ended."""
        every = [*self.data["other"], *(test for each in self.data["scripts"] for test in each["tests"])]
        return {each["id"]: each["outcome"] for each in every}


class Bench:
    """A project in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text).lstrip("\n"))
        return file

    def edit(self, path: str, before: str, after: str) -> None:
        text = (self.root / path).read_text()
        assert before in text
        (self.root / path).write_text(text.replace(before, after))

    def recording(self, path: str = PULLS_FILE) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.root / path).read_text())
        return found

    def record(self, path: str, found: dict[str, Any]) -> None:
        (self.root / path).write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")

    def pytest(self, *arguments: str, cwd: Path | None = None, environ: dict[str, str] | None = None) -> Ran:
        return run("pytest", "-p", "no:cacheprovider", *arguments, cwd=cwd or self.root, environ=environ)

    def nango(self, *arguments: str, cwd: Path | None = None, environ: dict[str, str] | None = None) -> Ran:
        return run("nango_cli", *arguments, cwd=cwd or self.root, environ=environ)


def environment(environ: dict[str, str] | None = None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_HANDED_ON)}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "100", **(environ or {})}


def run(module: str, *arguments: str, cwd: Path, environ: dict[str, str] | None = None) -> Ran:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=cwd, env=environment(environ), capture_output=True, text=True, timeout=120)
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project after both scripts were recorded."""
    bench = Bench(tmp_path_factory.mktemp("recorded"))
    bench.write("nango.yaml", YAML)
    bench.write("local.yaml", LOCAL)
    bench.write("github/syncs/pulls.py", PULLS)
    bench.write("github/actions/latest.py", LATEST)
    for script, *more in (("pulls", "--lastSyncDate", "2026-01-31"), ("latest", "--input", '{"state": "open"}')):
        done = bench.nango("dryrun", script, "demo", "--save", *more)
        assert done.status == 0, done.err
    return bench.root


@pytest.fixture
def bench(recorded: Path, tmp_path: Path) -> Bench:
    return Bench(shutil.copytree(recorded, tmp_path / "project"))
