"""A project whose provider is on the loopback, with runs that are recorded and replayed."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Nango, Result
from provider_server import Answer, Asked, ProviderServer

from nango_cli.environments import http

KEY = "planted-key-3f9a"
YAML = """
integrations:
  acme:
    syncs:
      items:
        runs: every hour
        output: Item
        auto_start: false
        sync_type: incremental
        endpoint: {method: GET, path: /items, group: Items}
    actions:
      call:
        endpoint: {method: POST, path: /call, group: Items}
        input: object
        output: object
models:
  Item: {id: string, name?: string, at?: string, token?: string}
"""
VARYING = ("duration_ms", "peak_memory", "script_cpu_ms", "spent_ms")


class Provider(ProviderServer):
    """`/poll` is `pending` until it has been asked twice; `/form-token` and `/xml` hold secrets."""

    def _poll(self, asked: Asked) -> Answer:
        with self.lock:
            self.tried["poll"] += 1
            return Answer(200, {"state": "pending" if self.tried["poll"] < 3 else "done"})

    def _form_token(self, asked: Asked) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return Answer(200, b"scope=repo&access_token=planted%2Fform%2Btoken&token_type=bearer", kind)

    def _xml(self, asked: Asked) -> Answer:
        body = b"<session><id>7</id><password>planted-in-xml</password></session>"
        return Answer(200, body, {"Content-Type": "application/xml"})

    def _login(self, asked: Asked) -> Answer:
        cookies = {"Set-Cookie": "sid=planted-session-id; Path=/; HttpOnly; Domain=acme.example"}
        data = {
            "refreshToken": "planted-refresh-token",
            "user": {"password": "planted-password"},
            "next": "/me?sig=planted-sig-77",
        }
        return Answer(200, data, cookies)

    def _huge(self, asked: Asked) -> Answer:
        return Answer(200, bytes(range(256)) * 20_000, {"Content-Type": "application/octet-stream"})


class Bench:
    def __init__(self, root: Path, provider: Provider, nango: Nango) -> None:
        self.root = root
        self.provider = provider
        self._nango = nango
        self.write("nango.yaml", YAML)
        self.local()

    def local(self, metadata: str = "{team: blue}") -> None:
        self.write(
            "local.yaml",
            f"""
            integrations:
              acme:
                base_url: {self.provider.url}
                headers: {{Authorization: "Bearer ${{apiKey}}"}}
                connections:
                  demo: {{api_key: ACME_KEY, metadata: {metadata}}}
            """,
        )

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text))

    def sync(self, body: str) -> None:
        self._script("syncs/items.py", "fetch_data(nango)", body)

    def action(self, body: str) -> None:
        self._script("actions/call.py", "run_action(nango, input)", body)

    def _script(self, path: str, signature: str, body: str) -> None:
        self.write(
            f"acme/{path}",
            "import time\nfrom datetime import UTC, date, datetime\nfrom models import *\n\n"
            f"def {signature}:\n{textwrap.indent(textwrap.dedent(body).strip(), '    ')}\n",
        )

    def run(self, *arguments: str, environ: dict[str, str] | None = None) -> Result:
        return self._nango(
            "dryrun", *arguments, cwd=self.root, environ={"ACME_KEY": KEY} if environ is None else environ
        )

    def save(self, script: str, *arguments: str) -> dict[str, Any]:
        """The report of a run that is recorded."""
        return self._report(self.run(script, "demo", "--save", "--format", "json", *arguments))

    def replay(self, script: str, *arguments: str, status: int = 0) -> dict[str, Any]:
        """The report of a replay, without credentials and after the provider has gone."""
        return self._report(self.run(script, "--replay", *arguments, "--format", "json", environ={}), status)

    def _report(self, result: Result, status: int = 0) -> dict[str, Any]:
        report: dict[str, Any] = json.loads(result.out)
        assert result.status == status, report["diagnostics"]
        for name in VARYING:
            report["data"].pop(name)
        return report

    def text(self, script: str) -> str:
        return (self.root / "acme" / "tests" / f"{script}.test.json").read_text()

    def recording(self, script: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text(script))
        return found


@pytest.fixture
def bench(tmp_path: Path, nango: Nango) -> Iterator[Bench]:
    with Provider(25) as provider:
        yield Bench(tmp_path, provider, nango)


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> object:
    """From the moment it is called on, nothing can be sent."""

    def refuse(*arguments: object, **named: object) -> None:
        raise AssertionError("something wants to use the network")

    return lambda: monkeypatch.setattr(http.HttpClient, "__init__", refuse)


def same(recorded: dict[str, Any], replayed: dict[str, Any]) -> None:
    """Fail unless two runs gave the same, but for how long it took."""
    for report in (recorded, replayed):
        for request in report["data"]["requests"]:
            request.pop("ms", None)
    for name in ("records", "output", "logs", "counts", "requests", "retries", "side_effects", "pages", "status"):
        assert replayed["data"][name] == recorded["data"][name], name
