"""`schema.zod.ts`: the models as schemas of zod 4, which check JSON values as schema.json does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from nango_cli.generators.absence import without_undefined
from nango_cli.generators.generator import GeneratedFile
from nango_cli.generators.typescript import HEADER
from nango_cli.generators.typescript_naming import comment, literal, property_name, schema_names
from nango_cli.generators.usage import usage
from nango_cli.ir.project import Project
from nango_cli.ir.types import Array, Field, Literal, Object, Primitive, PrimitiveName, Ref, Type, Union

_PRIMITIVES: dict[PrimitiveName, str] = {
    "string": "z.string()",
    "number": "z.number()",
    "integer": "z.number()",
    "bigint": "z.number()",
    "boolean": "z.boolean()",
    "date": "z.iso.datetime({ offset: true })",
    "object": "z.record(z.string(), z.any())",
    "array": "z.array(z.any())",
    "any": "z.any()",
    "undefined": "z.undefined()",
    "void": "z.null()",
    "never": "z.never()",
    "null": "z.null()",
}
_INDENT = "  "


def generate(project: Project) -> Iterator[GeneratedFile]:
    yield GeneratedFile("schema.zod.ts", _Writer(project).text())


class _Writer:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = schema_names(project)
        self.ahead = set(self.names)  # models whose schema does not exist yet where we write

    def text(self) -> str:
        uses = usage(self.project)
        blocks = [f'{HEADER}\nimport {{ z }} from "zod";']
        for model in self.project.models:
            name = model.name.value
            use = f"{comment(uses[name])}\n" if name in uses else ""
            blocks.append(f"{use}export const {self.names[name]} = {self.schema(model.type, '')};")
            self.ahead.discard(name)
        return "\n\n".join(blocks) + "\n"

    def schema(self, type_: Type, indent: str, *, lazily: bool = True) -> str:
        """A schema; unless told that it stands in a function, it refers to a later one through a function."""
        match type_:
            case Primitive(name):
                return _PRIMITIVES[name]
            case Literal(value):
                return f"z.literal({literal(value)})"
            case Ref(model) if lazily and model in self.ahead:
                return f"z.lazy((): z.ZodType => {self.names[model]})"
            case Ref(model):
                return self.names[model]
            case Array(item):
                return f"z.array({self.schema(item, indent, lazily=lazily)})"
            case Union():
                return self.union(type_, indent, lazily=lazily)
            case Object():
                return self.object(type_, indent)
            case _:
                assert_never(type_)

    def union(self, type_: Union, indent: str, *, lazily: bool) -> str:
        """The members in order, with all literals together where the first of them stands."""
        literals = list(dict.fromkeys(literal(each.value) for each in type_.members if isinstance(each, Literal)))
        texts = all(isinstance(each.value, str) for each in type_.members if isinstance(each, Literal))
        members: dict[str, None] = {}
        for member in type_.members:
            if not isinstance(member, Literal):
                members[self.schema(member, indent, lazily=lazily)] = None
            elif len(literals) == 1:
                members[f"z.literal({literals[0]})"] = None
            else:
                members[f"z.{'enum' if texts else 'literal'}([{', '.join(literals)}])"] = None
        if len(members) == 2 and "z.null()" in members:
            [other] = members.keys() - {"z.null()"}
            return f"z.nullable({other})"
        return f"z.union([{', '.join(members)}])" if len(members) > 1 else next(iter(members))

    def object(self, body: Object, indent: str) -> str:
        extra = None if body.extra is None else self.schema(body.extra, indent)
        if extra is not None and not body.fields:
            return f"z.record(z.string(), {extra})"
        kind = "strictObject" if extra is None else "looseObject" if extra == "z.any()" else "object"
        inner = indent + _INDENT
        fields = [f"\n{inner}{self.field(field, inner)}," for field in body.fields]
        shape = f"{{{''.join(fields)}\n{indent}}}" if fields else "{}"
        return f"z.{kind}({shape})" + (f".catchall({extra})" if kind == "object" else "")

    def field(self, field: Field, indent: str) -> str:
        """A field; one that refers to a later schema is a getter, which zod calls when all are there."""
        type_, may_be_undefined = without_undefined(field.type)
        name = property_name(field.name.value)
        optional = field.optional or may_be_undefined
        deferred = self.refers_ahead(type_)
        inner = indent + _INDENT if deferred else indent
        schema = self.schema(type_, inner, lazily=False)
        if optional:
            schema = f"z.optional({schema})"
        return f"get {name}() {{\n{inner}return {schema};\n{indent}}}" if deferred else f"{name}: {schema}"

    def refers_ahead(self, type_: Type) -> bool:
        """Whether a schema that does not exist yet is needed for this one, other than in fields, which see to it."""
        match type_:
            case Ref(model):
                return model in self.ahead
            case Array(item):
                return self.refers_ahead(item)
            case Union(members):
                return any(self.refers_ahead(member) for member in members)
            case Object() | Primitive() | Literal():
                return False
            case _:
                assert_never(type_)
