"""`models.ts` and `.nango/schema.ts`: the models as interfaces and types, and the integrations as a constant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from nango_cli.generators import nango_json
from nango_cli.generators.generator import MARK, GeneratedFile
from nango_cli.generators.json_text import json_text
from nango_cli.generators.typescript_naming import comment, literal, property_name, type_names
from nango_cli.generators.usage import usage
from nango_cli.ir.project import Project
from nango_cli.ir.types import Array, Field, Literal, Object, Primitive, PrimitiveName, Ref, Type, Union

HEADER = f"// {MARK} from nango.yaml. Do not edit: change nango.yaml and generate again.\n"

_PRIMITIVES: dict[PrimitiveName, str] = {"integer": "number", "array": "any[]"}
_INDENT = "  "


def generate(project: Project) -> Iterator[GeneratedFile]:
    writer = _Writer(type_names(project))
    uses = usage(project)
    models = []
    for model in project.models:
        use = uses.get(model.name.value)
        models.append((f"{comment(use)}\n" if use else "") + writer.declaration(model.name.value, model.type))
    types = "\n\n".join(models) or "export {};"
    flows = json_text(nango_json.integrations(project))
    sections = [("Models", types), ("Flows", f"export const NangoFlows = {flows} as const;")]
    yield GeneratedFile(
        "models.ts", HEADER + "".join(f"\n// ------ {name}\n{text}\n// ------ /{name}\n" for name, text in sections)
    )
    yield GeneratedFile(".nango/schema.ts", f"{HEADER}\n{types}\n")


class _Writer:
    def __init__(self, names: dict[str, str]) -> None:
        self.names = names
        # A model of this name hides the one that everybody means.
        self.date = "globalThis.Date" if "Date" in names.values() else "Date"
        self.record = "{ [key: string]: any }" if "Record" in names.values() else "Record<string, any>"

    def declaration(self, name: str, type_: Type) -> str:
        if isinstance(type_, Object):
            return f"export interface {self.names[name]} {self.body(type_, '')}"
        return f"export type {self.names[name]} = {self.text(type_, '')};"

    def text(self, type_: Type, indent: str) -> str:
        """A type; lines after its first start with `indent`."""
        match type_:
            case Primitive(name="date"):
                return self.date
            case Primitive(name="object"):
                return self.record
            case Primitive(name):
                return _PRIMITIVES.get(name, name)
            case Literal(value):
                return literal(value)
            case Ref(model):
                return self.names[model]
            case Array(Union() as item):
                return f"({self.text(item, indent)})[]"
            case Array(item):
                return f"{self.text(item, indent)}[]"
            case Union(members):
                return " | ".join(dict.fromkeys(self.text(member, indent) for member in members))
            case Object():
                return self.body(type_, indent)
            case _:
                assert_never(type_)

    def body(self, body: Object, indent: str) -> str:
        inner = indent + _INDENT
        fields = [(field, self.text(field.type, inner)) for field in body.fields]
        lines = [self.field(field, text) for field, text in fields]
        if body.extra is not None:
            lines.insert(0, f"[key: string]: {self.index(self.text(body.extra, inner), fields)};")
        return "\n".join(["{", *[inner + line for line in lines], f"{indent}}}"]) if lines else "{}"

    def field(self, field: Field, text: str) -> str:
        """With `exactOptionalPropertyTypes`, an optional field takes undefined only if its type says so."""
        if not field.optional:
            return f"{property_name(field.name.value)}: {text};"
        undefined = "" if text == "any" or "undefined" in text.split(" | ") else " | undefined"
        return f"{property_name(field.name.value)}?: {text}{undefined};"

    def index(self, extra: str, fields: list[tuple[Field, str]]) -> str:
        """The type of every key: TypeScript wants it to include those of the fields."""
        if extra == "any":
            return extra
        members = {extra: None}
        for field, text in fields:
            members[text] = None
            if field.optional:
                members["undefined"] = None
        return " | ".join(members)
