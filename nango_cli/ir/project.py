"""A validated project: names linked, types parsed, defaults filled in, positions kept.

Nothing here knows what language a project was written in; every front end returns a `Project`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as Choice

from nango_cli.diagnostics.source import Setting, Span, Spanned
from nango_cli.ir.types import Field, Object, Type

Method = Choice["GET", "POST", "PUT", "PATCH", "DELETE"]
SyncType = Choice["full", "incremental"]


@dataclass(frozen=True, slots=True)
class Model:
    """A named type. `fields` of an object are complete: those of the models in `extends` are among them.

    An anonymous model stands for a type written where a script's input or output names a model; only those may be
    something else than an object.
    """

    name: Spanned[str]
    type: Type
    extends: tuple[Spanned[str], ...] = ()
    anonymous: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        return self.type.fields if isinstance(self.type, Object) else ()


@dataclass(frozen=True, slots=True)
class Endpoint:
    method: Setting[Method]
    path: Spanned[str]
    group: Spanned[str] | None
    span: Span


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often a sync runs: the words the user wrote and the seconds they mean."""

    text: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Sync:
    name: Spanned[str]
    description: Setting[str]
    schedule: Spanned[Schedule] | None
    sync_type: Setting[SyncType]
    track_deletes: Setting[bool]
    auto_start: Setting[bool]
    version: Spanned[str] | None
    input: Spanned[str] | None
    output: tuple[Spanned[str], ...]
    scopes: tuple[Spanned[str], ...]
    endpoints: tuple[Endpoint, ...]
    webhook_subscriptions: tuple[Spanned[str], ...]
    kind: Choice["sync"] = "sync"


@dataclass(frozen=True, slots=True)
class Action:
    """`output` is None when the action declares none."""

    name: Spanned[str]
    description: Setting[str]
    version: Spanned[str] | None
    input: Spanned[str] | None
    output: tuple[Spanned[str], ...] | None
    scopes: tuple[Spanned[str], ...]
    endpoint: Endpoint | None
    kind: Choice["action"] = "action"


@dataclass(frozen=True, slots=True)
class OnEvent:
    name: Spanned[str]
    event: Spanned[str]
    kind: Choice["on-event"] = "on-event"


Script = Sync | Action | OnEvent


@dataclass(frozen=True, slots=True)
class Integration:
    """`post_connection_scripts` is the deprecated list that `on_events` replaced."""

    name: Spanned[str]
    syncs: tuple[Sync, ...] = ()
    actions: tuple[Action, ...] = ()
    on_events: tuple[OnEvent, ...] = ()
    post_connection_scripts: tuple[Spanned[str], ...] = ()

    @property
    def runnables(self) -> Iterator[Sync | Action]:
        """The scripts that have models: syncs, then actions."""
        yield from self.syncs
        yield from self.actions

    @property
    def scripts(self) -> Iterator[Script]:
        yield from self.runnables
        yield from self.on_events


@dataclass(frozen=True, slots=True)
class Project:
    """Every integration and model, in the order written; anonymous models come last."""

    integrations: tuple[Integration, ...] = ()
    models: tuple[Model, ...] = ()

    def integration(self, name: str) -> Integration | None:
        return next((each for each in self.integrations if each.name.value == name), None)
