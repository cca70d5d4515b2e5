"""`openapi.json`: the endpoints that the project declares, as an OpenAPI 3.1 document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nango_cli.generators.absence import without_undefined
from nango_cli.generators.generator import MARK, GeneratedFile
from nango_cli.generators.json_schema import Json, schema
from nango_cli.generators.json_text import json_text
from nango_cli.generators.naming import unused
from nango_cli.ir.project import Action, Endpoint, Integration, Project, Sync
from nango_cli.ir.types import Object, Type

_COMPONENTS = "#/components/schemas/"
_PARAMETER = re.compile(r"\{([^{}]*)\}")
_WITHOUT_BODY = ("GET", "DELETE")


def generate(project: Project) -> Iterator[GeneratedFile]:
    yield GeneratedFile("openapi.json", json_text(_Writer(project).document()) + "\n")


class _Writer:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.models: dict[str, Type] = {model.name.value: model.type for model in project.models}
        self.ids: set[str] = set()
        self.paths: dict[str, Json] = {}

    def document(self) -> Json:
        for integration in self.project.integrations:
            for sync in integration.syncs:
                for endpoint, output in zip(sync.endpoints, sync.output, strict=False):
                    self.add(integration, sync, endpoint, _answer(self.records(output.value)))
            for action in integration.actions:
                if action.endpoint:
                    self.add(integration, action, action.endpoint, self.result(action))
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "Integrations",
                "description": f"{MARK} from nango.yaml. Do not edit: change nango.yaml and generate again.",
                "version": "1.0.0",
            },
            "servers": [{"url": "https://api.nango.dev/v1"}],
            "security": [{"secretKey": []}],
            "paths": self.paths,
            "components": {
                "securitySchemes": {"secretKey": {"type": "http", "scheme": "bearer"}},
                "schemas": {name: schema(type_, _COMPONENTS) for name, type_ in self.models.items()},
            },
        }

    def add(self, integration: Integration, script: Sync | Action, endpoint: Endpoint, responses: Json) -> None:
        name, method = integration.name.value, endpoint.method.value
        path, parameters = self.path(endpoint.path.value)
        if method.lower() in self.paths.get(path, {}):  # of another integration: the header tells them apart
            path = f"{path}#{name}"
        operation: Json = {
            "operationId": unused(re.sub(r"[^\w-]", "_", f"{name}-{script.name.value}"), self.ids),
            "tags": [endpoint.group.value if endpoint.group else name],
            "parameters": [
                {"name": "Connection-Id", "in": "header", "required": True, "schema": {"type": "string"}},
                {"name": "Provider-Config-Key", "in": "header", "required": True, "schema": {"const": name}},
                *parameters,
            ],
        }
        if script.description.value:
            operation["description"] = script.description.value
        if isinstance(script, Action) and script.input:
            if method in _WITHOUT_BODY:
                taken = {parameter["name"] for parameter in parameters}
                operation["parameters"] += self.query(script.input.value, taken)
            else:
                operation["requestBody"] = {"required": True, "content": self.content(script.input.value)}
        self.paths.setdefault(path, {})[method.lower()] = {**operation, "responses": responses}

    def path(self, written: str) -> tuple[str, list[Json]]:
        """The path and its parameters: `{Issue:id}` is `{id}`, of the type of that field."""
        parameters: list[Json] = []
        taken: set[str] = set()

        def parameter(match: re.Match[str]) -> str:
            model, _, field = match[1].rpartition(":")
            name = unused(field or "parameter", taken)
            parameters.append({"name": name, "in": "path", "required": True, "schema": self.field(model, field)})
            return f"{{{name}}}"

        pieces = _PARAMETER.sub(parameter, written)
        return pieces, parameters

    def field(self, model: str, field: str) -> Json:
        body = self.models.get(model)
        fields = body.fields if isinstance(body, Object) else ()
        return next((schema(each.type, _COMPONENTS) for each in fields if each.name.value == field), {"type": "string"})

    def query(self, model: str, taken: set[str]) -> Iterator[Json]:
        """The fields of an input that travels without a body."""
        body = self.models[model]
        if not isinstance(body, Object):
            yield {"name": "input", "in": "query", "required": True, "content": self.content(model)}
            return
        for field in body.fields:
            type_, may_be_absent = without_undefined(field.type)
            name = field.name.value
            if name not in taken:
                required = not (field.optional or may_be_absent)
                yield {"name": name, "in": "query", "required": required, "schema": schema(type_, _COMPONENTS)}

    def content(self, model: str) -> Json:
        return {"application/json": {"schema": {"$ref": f"{_COMPONENTS}{model}"}}}

    def result(self, action: Action) -> Json:
        match action.output or ():
            case ():
                return {"200": {"description": "The action ran."}}
            case (output,):
                return _answer({"$ref": f"{_COMPONENTS}{output.value}"})
            case outputs:
                return _answer({"anyOf": [{"$ref": f"{_COMPONENTS}{output.value}"} for output in outputs]})

    def records(self, model: str) -> Json:
        """A page of records: each is a model that also says when and how it last changed."""
        record = schema(self.models[model], _COMPONENTS)
        if "properties" in record:
            record["properties"] = {**record["properties"], "_nango_metadata": {"type": "object"}}
        return {
            "type": "object",
            "properties": {
                "records": {"type": "array", "items": record},
                "next_cursor": {"type": ["string", "null"]},
            },
            "required": ["records", "next_cursor"],
        }


def _answer(body: Any) -> Json:
    return {"200": {"description": "The result.", "content": {"application/json": {"schema": body}}}}
