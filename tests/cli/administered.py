"""Somewhere to set up integrations and connections: a project, and a server."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Nango, Result
from nango_server import KEY, NangoServer
from provider_server import ProviderServer

YAML = "integrations: {}\n"
LOCAL = """
integrations:
  github:
    base_url: sample:github
    connections:
      demo: {metadata: {owner: octo-org}}
      keyed: {api_key: DECLARED_KEY}
"""
PROVIDERS = """
acme:
  auth_mode: API_KEY
  display_name: Acme
  proxy:
    base_url: %s
    headers: {x-api-key: '${apiKey}'}
    verification: {endpoints: [/echo]}
strict:
  alias: acme
  proxy:
    base_url: %s
    headers: {x-api-key: '${apiKey}'}
    verification: {endpoints: [/status/401]}
desk:
  auth_mode: BASIC
  proxy: {base_url: 'https://${connectionConfig.subdomain}.desk.example.com'}
forge:
  auth_mode: OAUTH2
  authorization_url: https://forge.example.com/authorize
  token_url: https://forge.example.com/token
  proxy: {base_url: 'https://forge.example.com'}
machine:
  auth_mode: OAUTH2_CC
  token_url: https://machine.example.com/token
  proxy: {base_url: 'https://machine.example.com'}
"""


class World:
    """A place to set up: `local`, or the environment `dev` of a server."""

    def __init__(self, nango: Nango, root: Path, monkeypatch: pytest.MonkeyPatch, server: NangoServer | None) -> None:
        self.root = root
        self.server = server
        self.environ = {"SECRET": "planted-secret", "DECLARED_KEY": "planted-declared"}
        if server:
            self.environ |= {"NANGO_HOSTPORT": server.url, "NANGO_SECRET_KEY_DEV": KEY}
        self._nango = nango
        self._monkeypatch = monkeypatch

    def __call__(self, *words: str, stdin: str = "", tty: bool = False) -> Result:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        where = ["-e", "dev"] if self.server else []
        return self._nango(*words, *where, cwd=self.root, environ=self.environ, tty=tty)

    def json(self, *words: str, stdin: str = "") -> Any:
        result = self(*words, "--format", "json", stdin=stdin)
        assert result.status == 0, result.out + result.err
        found = json.loads(result.out)
        assert found["ok"] is True
        assert words[:2] == tuple(found["command"].split())[:2]
        return found["data"]

    def code(self, *words: str, stdin: str = "") -> tuple[int, str]:
        """The exit status and the code of a command that fails, the same in both formats."""
        text = self(*words, stdin=stdin)
        envelope = json.loads(self(*words, "--format", "json", stdin=stdin).out)
        code = envelope["diagnostics"][0]["code"]
        assert f"error {code}: " in text.err
        assert envelope["exit_code"] == text.status
        return text.status, code


def project(root: Path, provider: ProviderServer) -> Path:
    """A folder with a project whose providers are on the loopback."""
    root.mkdir()
    (root / "nango.yaml").write_text(YAML)
    (root / "local.yaml").write_text(LOCAL)
    (root / "providers.yaml").write_text(PROVIDERS.replace("%s", provider.url))
    return root


def seen(result: Result) -> tuple[int, str, str]:
    return result.status, result.out, result.err


def terminal(monkeypatch: pytest.MonkeyPatch, answers: list[str]) -> list[tuple[str, bool]]:
    """Somebody who answers; what they were asked, and whether the answer was hidden."""
    asked: list[tuple[str, bool]] = []

    def prompt(question: str, *, hide_input: bool, **_: object) -> str:
        asked.append((question, hide_input))
        return answers[len(asked) - 1]

    monkeypatch.setattr("nango_cli.cli.value.can_ask", lambda session: True)
    monkeypatch.setattr("typer.prompt", prompt)
    return asked
