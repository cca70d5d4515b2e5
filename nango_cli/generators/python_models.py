"""`models.py`: the models as pydantic classes, and the names of the SDK, so that scripts import from one place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from nango_cli.generators.generator import MARK, GeneratedFile
from nango_cli.generators.naming import class_name, field_name, pascal_case, unused
from nango_cli.ir.project import Model, Project
from nango_cli.ir.types import Array, Field, Literal, Object, Primitive, PrimitiveName, Ref, Type, Union

SDK_NAMES = (
    "ActionError",
    "CursorPagination",
    "HttpError",
    "LinkPagination",
    "NangoAction",
    "NangoSync",
    "OffsetPagination",
    "ProxyConfiguration",
    "Response",
    "SdkError",
)
"""What models.py re-exports: all of `nango_cli.sdk`, which only scripts load."""

_INDENT = " " * 4
_WIDTH = 100

_PRIMITIVES: dict[PrimitiveName, str] = {
    "string": "str",
    "number": "int | float",
    "integer": "int",
    "boolean": "bool",
    "bigint": "int",
    "undefined": "None",
    "void": "None",
    "null": "None",
}


def generate(project: Project) -> Iterator[GeneratedFile]:
    yield GeneratedFile("models.py", _Writer(project).text())


class _Writer:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.taken: set[str] = set()
        self.classes = {model.name.value: unused(class_name(model.name.value), self.taken) for model in project.models}
        self.imports: dict[str, set[str]] = {}
        self.uses = _uses(project)

    def text(self) -> str:
        bodies = [each for model in self.project.models for each in self.model(model)]
        names = [name for name in SDK_NAMES if name not in self.taken]
        exported = sorted([*self.classes.values(), *names])
        lines = [
            f"# {MARK} from nango.yaml. Do not edit: change nango.yaml and generate again.",
            '"""The models of this project and the SDK that its scripts use."""',
            "",
            "from __future__ import annotations",
            "",
        ]
        if typing := self.imports.get("typing"):
            lines += [_import("typing", typing), ""]
        lines += [_import("nango_cli.sdk", set(names))]
        if base := self.imports.get("nango_cli.sdk.pydantic_model"):
            lines += [_import("nango_cli.sdk.pydantic_model", base)]
        if pydantic := self.imports.get("pydantic"):
            lines += [_import("pydantic", pydantic)]
        lines += ["", "__all__ = [", *[f'{_INDENT}"{name}",' for name in exported], "]", ""]
        return "\n".join(lines) + "".join(f"\n\n{body}\n" for body in bodies)

    def name(self, module: str, name: str) -> str:
        """Import a name, under another one when a model has it."""
        alias = f"_{name}" if name in self.taken else name
        self.imports.setdefault(module, set()).add(name if alias == name else f"{name} as {alias}")
        return alias

    def model(self, model: Model) -> Iterator[str]:
        name = self.classes[model.name.value]
        if isinstance(model.type, Object):
            yield from self.object(name, model.type, self.uses.get(model.name.value))
            return
        nested: list[str] = []
        type_ = self.type(model.type, name, nested)
        yield from nested
        yield f'{name}: {self.name("typing", "TypeAlias")} = "{type_}"'

    def object(self, name: str, body: Object, use: str | None) -> Iterator[str]:
        """The classes of an object: those of nested objects first."""
        nested: list[str] = []
        lines: list[str] = []
        taken: set[str] = set()
        if body.extra is not None:
            extra = self.type(body.extra, f"{name}Value", nested)
            lines.append(f"__pydantic_extra__: dict[str, {extra}]")
        for field in body.fields:
            lines += self.field(field, name, taken, nested)
        if use or not lines:
            lines = [f'"""{use or "No fields."}"""', *([""] if lines else []), *lines]
        base = self.name("nango_cli.sdk.pydantic_model", "Model")
        arguments = f'{base}, extra="allow"' if body.extra else base
        yield from nested
        yield "\n".join([f"class {name}({arguments}):", *[f"{_INDENT}{line}" if line else "" for line in lines]])

    def field(self, field: Field, owner: str, taken: set[str], nested: list[str]) -> list[str]:
        wire = field.name.value
        name = unused(field_name(wire), taken)
        type_ = self.type(field.type, owner + pascal_case(wire), nested)
        default = ""
        if field.optional:
            if "None" not in type_.split(" | "):
                type_ += " | None"
                call = self.name("nango_cli.sdk.pydantic_model", "optional")
                default = f" = {call}()" if name == wire else f" = {call}({_quoted(wire)})"
            elif name == wire:
                default = " = None"
        if name != wire and not default:
            call = self.name("pydantic", "Field")
            first = "default=None, " if field.optional else ""
            default = f" = {call}({first}validation_alias={_quoted(wire)}, serialization_alias={_quoted(wire)})"
        return _wrapped(f"{name}: {type_}{default}")

    def type(self, type_: Type, nested_name: str, nested: list[str]) -> str:
        """A type in Python; an object without a name becomes a class of its own."""
        match type_:
            case Primitive(name="date"):
                return self.name("nango_cli.sdk.pydantic_model", "Date")
            case Primitive(name="object"):
                return f"dict[str, {self.name('typing', 'Any')}]"
            case Primitive(name="array"):
                return f"list[{self.name('typing', 'Any')}]"
            case Primitive(name="any"):
                return self.name("typing", "Any")
            case Primitive(name="never"):
                return self.name("typing", "Never")
            case Primitive(name):
                return _PRIMITIVES[name]
            case Literal(float()):
                return "float"
            case Literal(value):
                return f"{self.name('typing', 'Literal')}[{_literal(value)}]"
            case Ref(model):
                return self.classes[model]
            case Array(item):
                return f"list[{self.type(item, nested_name + 'Item', nested)}]"
            case Union(members):
                return self.union(members, nested_name, nested)
            case Object(fields=(), extra=extra) if extra is not None:
                return f"dict[str, {self.type(extra, nested_name + 'Value', nested)}]"
            case Object():
                owner = unused(class_name(nested_name), self.taken)
                nested.extend(self.object(owner, type_, None))
                return owner
            case _:
                assert_never(type_)

    def union(self, members: tuple[Type, ...], nested_name: str, nested: list[str]) -> str:
        """The members in order, with all literals together where the first of them stands."""
        values = [_literal(each.value) for each in members if isinstance(each, Literal)]
        written: dict[str, None] = {}
        for member in members:
            if isinstance(member, Literal):
                written[f"{self.name('typing', 'Literal')}[{', '.join(dict.fromkeys(values))}]"] = None
            else:
                written[self.type(member, nested_name + "Item", nested)] = None
        return " | ".join(dict.fromkeys(part for each in written for part in _parts(each)))


def _parts(type_: str) -> list[str]:
    return type_.split(" | ") if type_ == "int | float" else [type_]


def _uses(project: Project) -> dict[str, str]:
    """For each model the sentence that says which scripts take or return it."""
    uses: dict[str, list[str]] = {}
    for integration in project.integrations:
        for script in integration.runnables:
            owner = f"{script.kind} `{integration.name.value}/{script.name.value}`"
            if script.input:
                role = "metadata" if script.kind == "sync" else "input"
                uses.setdefault(script.input.value, []).append(f"{role} of {owner}")
            for output in script.output or ():
                uses.setdefault(output.value, []).append(
                    f"{'record' if script.kind == 'sync' else 'output'} of {owner}"
                )
    return {name: _sentence(each) for name, each in uses.items()}


def _sentence(uses: list[str]) -> str:
    shown = ", ".join(uses[:3]) + (f" and {len(uses) - 3} more" if len(uses) > 3 else "")
    return (shown[:1].upper() + shown[1:] + ".").replace("\\", "\\\\").replace('"', '\\"')


def _literal(value: bool | int | float | str) -> str:
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    plain = repr(text)
    if plain.startswith("'") and '"' not in plain:
        return f'"{plain[1:-1]}"'
    return plain


def _import(module: str, names: set[str]) -> str:
    line = f"from {module} import {', '.join(sorted(names))}"
    if len(line) <= _WIDTH:
        return line
    return "\n".join([f"from {module} import (", *[f"{_INDENT}{name}," for name in sorted(names)], ")"])


def _wrapped(line: str) -> list[str]:
    """The line, with one member of a long enum to a line."""
    before, bracket, rest = line.partition("Literal[")
    inside, _, after = rest.rpartition("]")
    if len(line) <= _WIDTH or not bracket or "[" in inside or "]" in inside:
        return [line]
    return [f"{before}Literal[", *[f"{_INDENT}{member}," for member in inside.split(", ")], f"]{after}"]
