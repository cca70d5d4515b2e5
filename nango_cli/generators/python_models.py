"""`models.py`: the models as pydantic classes, and the names of the SDK, so that scripts import from one place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from nango_cli.generators import python_type
from nango_cli.generators.absence import allows_null, is_undefined, without_undefined
from nango_cli.generators.generator import MARK, GeneratedFile
from nango_cli.generators.naming import class_name, distinct, field_name, pascal_case, unused
from nango_cli.generators.python_layout import (
    INDENT,
    WIDTH,
    Annotation,
    Subscript,
    declaration,
    either,
    laid_out,
    names,
)
from nango_cli.generators.python_type import BUILTINS, IMPORTED, quoted
from nango_cli.generators.usage import usage
from nango_cli.ir.graph import inner
from nango_cli.ir.project import Model, Project
from nango_cli.ir.types import Field, Object, Primitive, PrimitiveName, Type

SDK_NAMES = (
    "ActionError",
    "Connection",
    "CursorPagination",
    "HttpError",
    "LinkPagination",
    "NangoAction",
    "NangoSync",
    "OffsetPagination",
    "OnPage",
    "ProxyConfiguration",
    "Response",
    "SdkError",
)
"""What models.py re-exports: all of `nango_cli.sdk`, which only scripts load."""


def generate(project: Project) -> Iterator[GeneratedFile]:
    yield GeneratedFile("models.py", _Writer(project).text())


class _Writer:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.taken: set[str] = set()
        self.classes = distinct((model.name.value for model in project.models), class_name, self.taken)
        self.models = frozenset(self.taken)
        # What a class without a name of its own must not be called.
        self.taken |= {*IMPORTED, *SDK_NAMES, *BUILTINS}
        for model in project.models:
            for each in inner(model.type):
                if isinstance(each, Object):
                    self.taken.update([field.name.value for field in each.fields])
        # What a field must not be called: an annotation after it would mean the field.
        self.reserved = {*IMPORTED, *BUILTINS, *self.models}
        self.attribute = cache(partial(field_name, reserved=self.reserved))  # most names come often
        self.ahead = set(self.models)  # classes that do not exist yet where we write
        self.imported: dict[str, str] = {}
        self.simple: dict[tuple[str, str, PrimitiveName, bool], list[str]] = {}  # the lines of fields
        self.uses = usage(project)

    def text(self) -> str:
        models = sorted(self.project.models, key=lambda model: not isinstance(model.type, Object))  # aliases last
        bodies = [each for model in models for each in self.model(model)]
        sdk = [name for name in SDK_NAMES if name not in self.models]
        lines = [
            f"# {MARK} from nango.yaml. Do not edit: change nango.yaml and generate again.",
            '"""The models of this project and the SDK that its scripts use."""',
            "",
        ]
        if any(IMPORTED[name] == "typing" for name in self.imported):
            lines += [*self.imports("typing"), ""]
        lines += [*_import("nango_cli.sdk", sdk), *self.imports(python_type.BASE), *self.imports("pydantic")]
        exported = sorted([*self.classes.values(), *sdk])
        lines += ["", "__all__ = [", *[f'{INDENT}"{name}",' for name in exported], "]", ""]
        return "\n".join(lines) + "".join(f"\n\n{body}\n" for body in bodies)

    def name(self, name: str) -> str:
        """Import a name, under another one when a model has it."""
        if name not in self.imported:
            self.imported[name] = unused(f"_{name}", self.taken) if name in self.models else name
        return self.imported[name]

    def imports(self, module: str) -> list[str]:
        names = [
            name if name == here else f"{name} as {here}"
            for name, here in self.imported.items()
            if IMPORTED[name] == module
        ]
        return _import(module, names) if names else []

    def annotation(self, type_: Type, suggestion: str, nested: list[str]) -> Annotation:
        return python_type.annotation(type_, suggestion, self.name, self.classes, partial(self.nested, nested))

    def declared(
        self, name: str, annotation: Annotation, default: str = "", arguments: list[str] | None = None
    ) -> list[str]:
        """A declaration, its annotation quoted if it names a class that comes later.

        Quoting them all would double the time that it takes to import hundreds of models.
        """
        if annotation in self.ahead if isinstance(annotation, str) else not self.ahead.isdisjoint(names(annotation)):
            annotation = quoted(str(annotation))
        return declaration(name, annotation, default, arguments)

    def nested(self, nested: list[str], body: Object, suggestion: str) -> str:
        owner = unused(class_name(suggestion), self.taken)
        nested.extend(self.object(owner, body, None))
        return owner

    def model(self, model: Model) -> Iterator[str]:
        """The class of a model, after those of the objects in it; another type gets a name."""
        name = self.classes[model.name.value]
        if isinstance(model.type, Object):
            yield from self.object(name, model.type, self.uses.get(model.name.value))
            return
        nested: list[str] = []
        type_, may_be_undefined = without_undefined(model.type)
        annotation: Annotation = "None" if is_undefined(type_) else self.annotation(type_, name, nested)
        if may_be_undefined:  # a script is given None for what is not there
            annotation = either(annotation, "None")
        yield from nested
        yield "\n".join(laid_out(f"{name}: {self.name('TypeAlias')} = ", annotation, "", ""))

    def object(self, name: str, body: Object, use: str | None) -> Iterator[str]:
        """The classes of an object: those of nested objects first."""
        nested: list[str] = []
        lines: list[str] = []
        if body.extra is not None:
            extra = self.annotation(body.extra, f"{name}Value", nested)
            lines += self.declared("__pydantic_extra__", Subscript("dict", ("str", extra)))
        wires = [field.name.value for field in body.fields]
        attributes = distinct(wires, self.attribute, set())
        for field in body.fields:
            lines += self.field(field, attributes[field.name.value], name, nested)
        if use or not lines:
            lines = [_docstring(use or "No fields."), *([""] if lines else []), *lines]
        base = self.name("SparseModel" if any(_is_sparse(field) for field in body.fields) else "Model")
        arguments = f'{base}, extra="allow"' if body.extra else base
        self.ahead.discard(name)
        yield from nested
        yield "\n".join([f"class {name}({arguments}):", *[f"{INDENT}{line}" if line else "" for line in lines]])

    def field(self, field: Field, name: str, owner: str, nested: list[str]) -> list[str]:
        if not isinstance(field.type, Primitive):
            return self.written(field, name, owner + pascal_case(field.name.value), nested)
        # Two of three; they depend on nothing else, and most come often.
        key = (name, field.name.value, field.type.name, field.optional)
        if key not in self.simple:
            self.simple[key] = self.written(field, name, "", nested)
        return self.simple[key]

    def written(self, field: Field, name: str, suggestion: str, nested: list[str]) -> list[str]:
        wire = field.name.value
        type_, may_be_undefined = without_undefined(field.type)
        annotation = "None" if is_undefined(type_) else self.annotation(type_, suggestion, nested)
        renamed = [f"validation_alias={quoted(wire)}", f"serialization_alias={quoted(wire)}"] if name != wire else []
        if not (field.optional or may_be_undefined):
            return self.declared(name, annotation, self.name("Field") if renamed else "", renamed or None)
        annotation = either(annotation, "None")
        if not allows_null(type_):
            return self.declared(name, annotation, self.name("optional"), [quoted(wire)] if renamed else [])
        if renamed:
            return self.declared(name, annotation, self.name("Field"), ["default=None", *renamed])
        return self.declared(name, annotation, "None")


def _docstring(sentence: str) -> str:
    plain = sentence if sentence.isprintable() else "".join(each if each.isprintable() else " " for each in sentence)
    return '"""' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"""'


def _is_sparse(field: Field) -> bool:
    """Whether being absent and being null are two things."""
    if not allows_null(field.type):
        return False
    type_, may_be_undefined = without_undefined(field.type)
    return (field.optional or may_be_undefined) and allows_null(type_)


def _import(module: str, names: list[str]) -> list[str]:
    line = f"from {module} import {', '.join(sorted(names))}"
    if len(line) <= WIDTH:
        return [line]
    return [f"from {module} import (", *[f"{INDENT}{name}," for name in sorted(names)], ")"]
