"""A project in a temporary folder, and a way to run its scripts."""

from __future__ import annotations

import os
import textwrap
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nango_cli.diagnostics.source import Setting, Span, Spanned
from nango_cli.environments.dry_run import DryRun, Write
from nango_cli.environments.local import LocalEnvironment, LocalIntegration
from nango_cli.environments.store.store import Store
from nango_cli.execution.event import Event, Exchanged
from nango_cli.execution.invocation import Conditions, Invocation
from nango_cli.execution.limits import Limits
from nango_cli.execution.outcome import Outcome
from nango_cli.execution.run import run
from nango_cli.ir.project import Action, Integration, Model, OnEvent, Project, Script, Sync
from nango_cli.ir.types import Array, Field, Object, Primitive, Ref, Type
from nango_cli.redaction import Redactor

SPAN = Span("nango.yaml", 1, 1, 1, 2)

MODELS_PY = """
from nango_cli.sdk import *
from pydantic import BaseModel, ConfigDict

class Metadata(BaseModel):
    owner: str
    repo: str

class Issue(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: int
    title: str
"""


def spanned(value: Any) -> Spanned[Any]:
    return Spanned(value, SPAN)


def primitive(name: Any) -> Primitive:
    return Primitive(name, SPAN)


def model(name: str, extra: Type | None = None, **fields: Type | str) -> Model:
    """A model; a field whose name ends in `_q` is optional, and text names a primitive."""
    made = tuple(
        Field(
            spanned(each.removesuffix("_q")),
            primitive(type_) if isinstance(type_, str) else type_,
            optional=each.endswith("_q"),
        )
        for each, type_ in fields.items()
    )
    return Model(spanned(name), Object(made, extra, SPAN))


def sync(name: str, *outputs: str, input: str | None = None) -> Sync:
    return Sync(
        name=spanned(name),
        description=Setting(""),
        schedule=None,
        sync_type=Setting("full"),
        track_deletes=Setting(False),
        auto_start=Setting(True),
        version=None,
        input=spanned(input) if input else None,
        output=tuple(map(spanned, outputs)),
        scopes=(),
        endpoints=(),
        webhook_subscriptions=(),
    )


def action(name: str, input: str | None = None, output: str | None = None) -> Action:
    return Action(
        name=spanned(name),
        description=Setting(""),
        version=None,
        input=spanned(input) if input else None,
        output=(spanned(output),) if output else None,
        scopes=(),
        endpoint=None,
    )


def on_event(name: str) -> OnEvent:
    return OnEvent(spanned(name), spanned("post-connection-creation"))


ISSUE = model("Issue", id="number", title="string", labels_q=Array(primitive("string"), SPAN))
METADATA = model("Metadata", owner="string", repo="string")
ANY = Model(spanned("Any"), primitive("any"), anonymous=True)
TREE = model("Tree", id="string", children=Array(Ref("Tree", SPAN), SPAN))


class FakeClock:
    """Sleeps take no time, and are written down."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def seconds(self) -> float:
        return self.time.timestamp()

    def sleep(self, seconds: float, stop: threading.Event) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)


@dataclass
class Workbench:
    """Write scripts, run them, look at the environment afterwards."""

    root: Path
    integrations: dict[str, LocalIntegration]
    models: list[Model] = field(default_factory=lambda: [ISSUE, METADATA, TREE, ANY])
    events: list[Event] = field(default_factory=list)
    clock: FakeClock = field(default_factory=FakeClock)
    redactor: Redactor = field(default_factory=Redactor)

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text))
        return file

    def invocation(self, script: Script, integration: str = "github", **more: Any) -> Invocation:
        known = Integration(spanned(integration))
        project = Project((known,), tuple(self.models))
        return Invocation(self.root, project, integration, script, more.pop("connection_id", "demo"), **more)

    def run(self, script: Script, text: str | None = None, *, integration: str = "github", **more: Any) -> Outcome:
        if text is not None:
            folder = {"sync": "syncs", "action": "actions", "on-event": "on-events"}[script.kind]
            self.write(f"{integration}/{folder}/{script.name.value}.py", text)
        stop = more.pop("stop", None)
        limits = Limits(
            more.pop("time_limit", None),
            more.pop("memory_limit", None),
            more.pop("limit_pages", None),
            more.pop("limit_records", None),
        )
        names = ("strict", "read_only", "confined", "output_to_stderr")
        conditions = Conditions(limits, **{name: more.pop(name) for name in names if name in more})
        metadata, checkpoint = more.pop("metadata", None), more.pop("checkpoint", None)
        self.writes: list[Write] = []
        with LocalEnvironment(self.integrations) as local, Store.open(None) as store:
            dry_run = DryRun(local, store, tell=self.writes.append, metadata=metadata)
            invocation = self.invocation(script, integration, **more)
            if checkpoint is not None:
                store.state.save_checkpoint(invocation.task, checkpoint)
            outcome = run(
                invocation,
                dry_run,
                listen=lambda event: None if isinstance(event, Exchanged) else self.events.append(event),
                clock=self.clock,
                conditions=conditions,
                redactor=self.redactor,
                stop=stop,
            )
            self.checkpoint = store.state.checkpoint(invocation.task)
            return outcome

    def serve(self, base_url: str, provider: str = "github", headers: Mapping[str, str] | None = None) -> None:
        self.integrations["github"] = replace(
            self.integrations["github"], base_url=base_url, provider=provider, headers=headers or {}
        )

    @property
    def saved(self) -> list[dict[str, Any]]:
        return [record for write in self.writes if write.operation == "save" for record in write.records]


def gone(pid: int) -> bool:
    """Whether a process has ended, or does so in a moment."""
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
            if "Z" in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2]:
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.01)
    return False
