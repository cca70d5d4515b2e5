"""A project in a temporary folder whose scripts run in real guests, with a host that answers from a dict."""

from __future__ import annotations

import os
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from nango_cli.runners import python
from nango_cli.runners.protocol import Confinement, RunParams, ScriptError
from nango_cli.runners.pump import Ended, Raised, Returned, pump

_FOLDERS = {"sync": "syncs", "webhook": "syncs", "action": "actions", "on-event": "on-events"}

MODELS = """
from pydantic import BaseModel

class Issue(BaseModel):
    id: int
    title: str = ""
"""


def run_params(root: Path, file: Path, kind: str, **more: Any) -> RunParams:
    params = {
        "root": str(root),
        "file": str(file),
        "environment": "dev",
        "integration": "github",
        "kind": kind,
        "script": file.stem,
        "variant": "base",
        "connection_id": "demo",
        "provider": "github",
        "outputs": ["Issue"],
        "input": None,
        "last_sync_date": None,
        "in_foreground": False,
        "confinement": None,
    }
    return cast(RunParams, {**params, **more})


@dataclass
class Guests:
    """`answers` holds a value, or a function of the params, for each method; null for the others."""

    root: Path
    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def write(self, path: str, text: str = "") -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text))
        return file

    def run(
        self, text: str, kind: str = "action", *, path: str = "", options: dict[str, Any] | None = None, **params: Any
    ) -> Ended:
        file = self.write(path or f"github/{_FOLDERS[kind]}/script.py", text)
        command = python.prepare(file, self.root, os.environ)
        return pump(command, run_params(self.root, file, kind, **params), self.serve, **(options or {}))

    def output(self, text: str, kind: str = "action", **params: Any) -> Any:
        ending = self.run(text, kind, **params).ending
        assert isinstance(ending, Returned), ending
        return ending.output

    def error(self, text: str, kind: str = "action", **params: Any) -> ScriptError:
        ending = self.run(text, kind, **params).ending
        assert isinstance(ending, Raised), ending
        return ending.error

    def confinement(self, *, network: bool = False, memory: int | None = None) -> Confinement:
        return {"root": str(self.root), "hidden": [".env*", ".nango"], "network": network, "memory": memory}

    def serve(self, method: str, params: dict[str, Any]) -> Any:
        self.asked.append((method, params))
        answer = self.answers.get(method)
        return answer(params) if callable(answer) else answer

    def said(self, method: str) -> list[dict[str, Any]]:
        return [params for each, params in self.asked if each == method]
