"""The requests of a dry run beside those of Nango's own CLI 0.60.5: one project, one server, the same order.

`cases.yaml` says what is run and where the two may differ; `make test-npm` installs the other CLI and runs this.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from nango_server import KEY, NangoServer
from provider_server import Answer, Asked, ProviderServer

pytestmark = pytest.mark.skipif(os.environ.get("NANGO_TEST_NPM") != "1", reason="needs npm: run `make test-npm`")

HERE = Path(__file__).parent
PROJECT = HERE / "project"
MODULES = HERE.parents[1] / ".npm-test" / "nango" / "node_modules"
THEIRS = [str(MODULES / ".bin" / "nango")]
OURS = [sys.executable, "-m", "nango_cli"]
TABLE = yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8"))
CASES, DIFFERENCES = TABLE["cases"], TABLE["differences"]

OF_THE_CLIENT = {
    *("user-agent", "accept", "accept-encoding", "accept-language", "sec-fetch-mode"),  # what it is and can read
    *("host", "connection", "content-length", "transfer-encoding"),  # how it sends
}
"""Headers that may differ. So may the value of `NAMES_ITSELF`, and the content type of what has no body."""
NAMES_ITSELF = "nango-proxy-user-agent"
FETCHED = "/webhook/"
"""What `uncontrolled_fetch` is tried with: it carries no key."""


class Provider(ProviderServer):
    """Takes what a request's JSON body says for parameters too, so that paging in bodies gets on."""

    def answer(self, asked: Asked) -> Answer:
        body = json.loads(asked.body) if asked.body.startswith(b"{") else {}
        more = urlencode({name: value for name, value in body.items() if isinstance(value, str | int)})
        target = f"{asked.target}{'&' if '?' in asked.target else '?'}{more}" if more else asked.target
        return super().answer(Asked(asked.method, target, asked.headers, asked.body))


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with Provider() as running:
        yield running


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, ready for Python scripts."""
    folder = tmp_path_factory.mktemp("python") / "project"
    shutil.copytree(PROJECT, folder)
    subprocess.run([*OURS, "generate"], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("name", CASES)
def test_the_requests(name: str, tmp_path: Path, python: Path, provider: Provider) -> None:
    case = CASES[name]
    typescript = tmp_path / "project"
    shutil.copytree(PROJECT, typescript)
    (typescript / "nango.yaml").write_text(yaml.safe_dump(only([case["run"][0], *case.get("with", ())])))
    (typescript / "node_modules").symlink_to(MODULES)
    theirs = requests(THEIRS, typescript, case, provider)
    ours = requests(OURS, python, case, provider)
    differences = [DIFFERENCES[each] for each in case["differences"]]
    expected = [[line for each in differences for line in each.get(whose, ())] for whose in ("theirs", "ours")]
    assert [*unmatched(theirs, ours)] == expected
    assert len(ours) == case["requests"]


def test_every_difference_is_met() -> None:
    assert {each for case in CASES.values() for each in case["differences"]} == set(DIFFERENCES)


def only(scripts: Sequence[str]) -> Any:
    """The project's nango.yaml with these scripts alone: Nango's CLI compiles all that it names before each run."""
    project = yaml.safe_load((PROJECT / "nango.yaml").read_text(encoding="utf-8"))
    acme = project["integrations"]["acme"]
    for kind in ("syncs", "actions"):
        acme[kind] = {name: script for name, script in acme[kind].items() if name in scripts}
    events = acme["on-events"]
    acme["on-events"] = {event: [each for each in names if each in scripts] for event, names in events.items()}
    return project


def requests(cli: list[str], folder: Path, case: Any, provider: Provider) -> list[str]:
    """What a dry run asks of a new server, a line for each request."""
    with NangoServer(provider.url) as server:
        server.integrations["acme"]["provider"] = case.get("provider", "airtable")
        environ = {
            "CI": "true",
            "NANGO_CLI_UPGRADE_MODE": "ignore",
            "NANGO_HOSTPORT": server.url,
            "NANGO_SECRET_KEY_DEV": KEY,
        }
        done = subprocess.run(
            [*cli, "dryrun", *case["run"], "-e", "dev", "--auto-confirm"],
            cwd=folder,
            env={**os.environ, **environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert server.requests, done.stdout + done.stderr
        return [line(each).replace(server.url, "SERVER").replace(provider.url, "PROVIDER") for each in server.requests]


def line(asked: Asked) -> str:
    """All of a request that says what is asked for."""
    headers = {name.lower(): value for name, value in asked.headers}
    assert headers.pop("authorization", None) == (None if asked.path.startswith(FETCHED) else f"Bearer {KEY}")
    if not asked.body:
        headers.pop("content-type", None)
    if NAMES_ITSELF in headers:
        headers[NAMES_ITSELF] = "..."
    shown = [f"{name}: {headers[name]}".strip() for name in sorted(headers.keys() - OF_THE_CLIENT)]
    query = f"?{urlencode(asked.query)}" if asked.query else ""
    return " | ".join([f"{asked.method} {asked.path}{query}", *shown, *([asked.body.decode()] if asked.body else [])])


def unmatched(theirs: list[str], ours: list[str]) -> tuple[list[str], list[str]]:
    """The requests that only the one sends, and those that only the other does, each in order."""
    parts = [part for part in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes() if part[0] != "equal"]
    return (
        [each for _, start, end, _, _ in parts for each in theirs[start:end]],
        [each for _, _, _, start, end in parts for each in ours[start:end]],
    )
