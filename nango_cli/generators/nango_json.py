"""The parsed configuration in the shape that Nango's own tools write to `.nango/nango.json` (reference 1.12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, assert_never

from nango_cli.generators.generator import GeneratedFile
from nango_cli.generators.json_text import json_text
from nango_cli.ir.graph import used_models
from nango_cli.ir.project import Action, Endpoint, Integration, Model, Project, Sync
from nango_cli.ir.types import Array, Field, Literal, Object, Primitive, PrimitiveName, Ref, Type, Union

Json = dict[str, Any]

EVENTS = ("post-connection-creation", "pre-connection-deletion")
_TS_NAMES: dict[PrimitiveName, str] = {
    "integer": "number",
    "date": "Date",
    "object": "Record<string, any>",
    "array": "any[]",
}


def generate(project: Project) -> Iterator[GeneratedFile]:
    yield GeneratedFile(".nango/nango.json", json_text(integrations(project)) + "\n")


def integrations(project: Project) -> list[Json]:
    models = {model.name.value: model for model in project.models}
    return [_integration(each, models) for each in project.integrations]


def models(project: Project) -> list[Json]:
    scripts = [script for integration in project.integrations for script in integration.runnables]
    roles = {script.input.value: "input" for script in scripts if script.input}
    return [
        {"name": model.name.value, "fields": _fields(model, roles), **({"isAnon": True} if model.anonymous else {})}
        for model in project.models
    ]


def _integration(integration: Integration, models: dict[str, Model]) -> Json:
    events: dict[str, list[str]] = {event: [] for event in EVENTS}
    for on_event in integration.on_events:
        events.setdefault(on_event.event.value, []).append(on_event.name.value)
    written: Json = {
        "providerConfigKey": integration.name.value,
        "syncs": [_sync(each, models) for each in integration.syncs],
        "actions": [_action(each, models) for each in integration.actions],
        "onEventScripts": events,
    }
    if integration.post_connection_scripts:
        written["postConnectionScripts"] = [name.value for name in integration.post_connection_scripts]
    return written


def _sync(sync: Sync, models: dict[str, Model]) -> Json:
    return {
        "name": sync.name.value,
        "type": "sync",
        "description": sync.description.value,
        "sync_type": sync.sync_type.value,
        "usedModels": used_models(sync, models),
        "runs": sync.schedule.value.text if sync.schedule else "",
        "version": sync.version.value if sync.version else "",
        "track_deletes": sync.track_deletes.value,
        "auto_start": sync.auto_start.value,
        "input": sync.input.value if sync.input else None,
        "output": [each.value for each in sync.output],
        "scopes": [each.value for each in sync.scopes],
        "endpoints": [_endpoint(each) for each in sync.endpoints],
        "webhookSubscriptions": [each.value for each in sync.webhook_subscriptions],
    }


def _action(action: Action, models: dict[str, Model]) -> Json:
    return {
        "name": action.name.value,
        "type": "action",
        "description": action.description.value,
        "version": action.version.value if action.version else "",
        "scopes": [each.value for each in action.scopes],
        "input": action.input.value if action.input else None,
        "output": None if action.output is None else [each.value for each in action.output],
        "usedModels": used_models(action, models),
        "endpoint": _endpoint(action.endpoint) if action.endpoint else None,
    }


def _endpoint(endpoint: Endpoint) -> Json:
    written: Json = {"method": endpoint.method.value, "path": endpoint.path.value}
    if endpoint.group:
        written["group"] = endpoint.group.value
    return written


def _fields(model: Model, roles: dict[str, str]) -> list[Json]:
    """The fields of a model; the type of an anonymous one is its only field, named by what it is for."""
    match model.type:
        case Object() as body:
            return _object(body)
        case type_:
            return [{"name": roles.get(model.name.value, "output"), **_value(type_)}]


def _object(body: Object) -> list[Json]:
    fields = [_field(field) for field in body.fields]
    if body.extra is not None:
        fields.append({"name": "__string", **_value(body.extra), "dynamic": True})
    return fields


def _field(field: Field) -> Json:
    return {"name": field.name.value, **_value(field.type), **({"optional": True} if field.optional else {})}


def _value(type_: Type) -> Json:
    match type_:
        case Primitive(name="null"):
            return {"value": None}
        case Primitive(name):
            return {"value": _TS_NAMES.get(name, name), "tsType": True}
        case Literal(value):
            return {"value": value}
        case Ref(model):
            return {"value": model, "model": True}
        case Array(Array() | Object() as item):
            return {"value": [{"name": "0", **_value(item)}], "array": True}
        case Array(Union(members)):
            return {"value": _members(members), "array": True}
        case Array(item):
            return {**_value(item), "array": True}
        case Union(members):
            return {"value": _members(members), "union": True}
        case Object() as body:
            return {"value": _object(body)}
        case _:
            assert_never(type_)


def _members(members: tuple[Type, ...]) -> list[Json]:
    return [{"name": str(index), **_value(member)} for index, member in enumerate(members)]
