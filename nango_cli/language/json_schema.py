"""The JSON Schema of nango.yaml, for editors: the keys of the three grammars, their kinds, and a sentence for each.

It says less than the compiler (a schema cannot follow a name), and never more: a file that compiles is valid.
"""

from __future__ import annotations

from typing import Any

from nango_cli.language import document

Json = dict[str, Any]

_TEXTS: Json = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_GROUP = "^[a-zA-Z _-]{1,64}$"
_PATH = "^/[a-zA-Z0-9:{}./_-]+$"
_SCRIPT_NAME = "^[a-zA-Z0-9_-]+$"
_NOTHING: Json = {"type": "null"}


def json_schema() -> Json:
    """The schema as a JSON value, draft 7."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "nango.yaml",
        "type": "object",
        "additionalProperties": False,
        "required": ["integrations"],
        "properties": {
            "integrations": {
                "description": "The integrations, by id.",
                "type": "object",
                "additionalProperties": {"$ref": "#/definitions/integration"},
            },
            "models": {
                "description": "The models, by name: the shapes of inputs, outputs and records.",
                "anyOf": [
                    _NOTHING,
                    {
                        "type": "object",
                        "propertyNames": {"pattern": "^[a-zA-Z0-9_]+$"},
                        "additionalProperties": {"$ref": "#/definitions/fields"},
                    },
                ],
            },
        },
        "definitions": {
            "integration": _integration(),
            "sync": _script("sync", document.SYNC_KEYS, ["endpoint", "runs", "output"]),
            "action": _script("action", document.ACTION_KEYS, ["endpoint"]),
            "looseScript": _loose_script(),
            "syncEndpoint": _endpoint("sync"),
            "actionEndpoint": _endpoint("action"),
            "fields": _fields(),
            "type": _type(),
        },
    }


def _integration() -> Json:
    """An integration of the new grammar when it has one of its sections, else one of scripts without sections."""
    return {
        "type": "object",
        "if": {"anyOf": [{"required": [section]} for section in document.INTEGRATION_KEYS]},
        "then": {
            "additionalProperties": False,
            "properties": {
                "syncs": _section("Scripts that save records on a schedule, by name.", "sync"),
                "actions": _section("Scripts that do one thing when called, by name.", "action"),
                "on-events": {
                    "description": "Scripts that run when something happens to a connection, by event.",
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        event: {"type": "array", "items": {"type": "string", "pattern": _SCRIPT_NAME}}
                        for event in document.EVENTS
                    },
                },
                "post-connection-scripts": {
                    "description": "Deprecated: list these under `on-events`, `post-connection-creation`.",
                    "deprecated": True,
                    "type": "array",
                    "items": {"type": "string"},
                },
            },
        },
        "else": {"additionalProperties": {"$ref": "#/definitions/looseScript"}},
    }


def _section(description: str, script: str) -> Json:
    return {
        "description": description,
        "type": "object",
        "additionalProperties": {"$ref": f"#/definitions/{script}"},
    }


def _script(kind: str, keys: dict[str, None], required: list[str]) -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": {key: _key(key, kind) for key in keys},
    }


def _loose_script() -> Json:
    """A script of the flat form when it has a key of the new grammar and no `returns`, else one of the old grammar."""
    new = sorted(document.SYNC_KEYS.keys() - document.V1_KEYS.keys())
    flat: Json = {
        "type": "object",
        "additionalProperties": False,
        "required": ["endpoint"],
        "properties": {"type": _key("type", ""), **{key: _key(key, "sync") for key in document.SYNC_KEYS}},
    }
    flat["properties"]["endpoint"] = {
        "anyOf": [{"$ref": "#/definitions/syncEndpoint"}, {"$ref": "#/definitions/actionEndpoint"}]
    }
    return {
        "type": ["object", "null"],
        "if": {"not": {"required": ["returns"]}, "anyOf": [{"required": [key]} for key in new]},
        "then": flat,
        "else": {"properties": {key: _key(key, "") for key in document.V1_KEYS}},
    }


def _key(key: str, kind: str) -> Json:
    match key:
        case "description":
            return {"description": "What the script does, for people.", "type": "string"}
        case "runs":
            return {
                "description": "How often the sync runs: at least every 30 seconds.",
                "type": "string",
                "examples": ["every hour", "every 5 minutes", "every half day", "every month"],
            }
        case "version":
            return {
                "description": "An integer, or three numbers.",
                "anyOf": [
                    {"type": "integer", "minimum": 0},
                    {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+\.[0-9]+)?$"},
                ],
            }
        case "sync_type":
            return {
                "description": "Whether a run fetches everything or what has changed since the last. Default: full.",
                "enum": ["full", "incremental"],
            }
        case "track_deletes":
            return {
                "description": "Whether records that a full run does not see are deleted. Default: false.",
                "type": "boolean",
            }
        case "auto_start":
            return {
                "description": "Whether the sync starts for every new connection by itself. Default: true.",
                "type": "boolean",
            }
        case "input":
            what = "A model of the connection's metadata." if kind == "sync" else "A model of the action's input."
            return {"description": what, "type": ["string", "null"]}
        case "output":
            what = "The models of the records it saves." if kind == "sync" else "The model of what it returns."
            return {"description": what, **_TEXTS}
        case "scopes":
            return {"description": "The OAuth scopes that the script needs.", **_TEXTS}
        case "webhook-subscriptions":
            return {"description": "The webhooks of the provider that the sync handles.", **_TEXTS}
        case "endpoint" if kind == "sync":
            one = {"$ref": "#/definitions/syncEndpoint"}
            return {
                "description": "Where your app reads the records: one endpoint for each model.",
                "anyOf": [one, {"type": "array", "items": one}],
            }
        case "endpoint":
            return {"description": "Where your app calls the action.", "$ref": "#/definitions/actionEndpoint"}
        case "returns":
            return {"description": "The old name of `output`.", **_TEXTS}
    return {"description": "`action`, or a sync.", "type": "string"}


def _endpoint(kind: str) -> Json:
    methods = ["GET"] if kind == "sync" else ["GET", "POST", "PUT", "PATCH", "DELETE"]
    path = "/[a-zA-Z0-9./_-]+" if kind == "sync" else _PATH[1:-1]
    return {
        "anyOf": [
            {"type": "string", "pattern": rf"^(({'|'.join(methods)})\s)?{path}$"},
            {
                "type": "object",
                "additionalProperties": False,
                "required": ["path"],
                "properties": {
                    "method": {"description": f"Default: {'GET' if kind == 'sync' else 'POST'}.", "enum": methods},
                    "path": {"description": "Short and simple, such as /users.", "type": "string", "pattern": _PATH},
                    "group": {
                        "description": "The heading it stands under in documentation.",
                        "type": "string",
                        "pattern": _GROUP,
                    },
                },
            },
        ]
    }


def _fields() -> Json:
    return {
        "type": "object",
        "properties": {
            "__extends": {"description": "Models whose fields this one has too, with commas.", "type": "string"},
            "__string": {"description": "The type of every other field.", "$ref": "#/definitions/type"},
        },
        "additionalProperties": {"$ref": "#/definitions/type"},
    }


def _type() -> Json:
    return {
        "anyOf": [
            {"type": "string", "minLength": 1},
            {"type": ["number", "boolean", "null"]},
            {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/type"}},
            {"$ref": "#/definitions/fields"},
        ]
    }
