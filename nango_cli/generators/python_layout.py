"""Annotations of Python, laid out as `ruff format` would: on one line while they fit, else broken where they nest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, assert_never

WIDTH = 120
INDENT = " " * 4


class Subscript(NamedTuple):
    """`list[str]`: a name and what stands in its brackets."""

    name: str
    arguments: tuple[Annotation, ...]

    def __str__(self) -> str:
        return f"{self.name}[{', '.join(map(str, self.arguments))}]"


class Either(NamedTuple):
    """`A | B`: two or more members, none of which is an Either itself."""

    members: tuple[Annotation, ...]

    def __str__(self) -> str:
        return " | ".join(map(str, self.members))


Annotation = str | Subscript | Either


def either(*members: Annotation) -> Annotation:
    """The union of its members, each once."""
    flat: list[Annotation] = []
    for each in members:
        if isinstance(each, Either):
            flat += each.members
        else:
            flat.append(each)
    distinct = tuple(dict.fromkeys(flat))
    return distinct[0] if len(distinct) == 1 else Either(distinct)


def names(annotation: Annotation) -> Iterator[str]:
    """What an annotation is made of, without the names before brackets."""
    todo = [annotation]
    while todo:
        match todo.pop():
            case str() as name:
                yield name
            case Subscript(_, parts) | Either(parts):
                todo += parts
            case annotation:
                assert_never(annotation)


def declaration(name: str, annotation: Annotation, default: str = "", arguments: list[str] | None = None) -> list[str]:
    """The lines of a field; with `arguments`, its default is a call. Its class has indented it once."""
    value = default if arguments is None else f"{default}({', '.join(arguments)})"
    head = f"{name}: {annotation}"
    line = f"{head} = {value}" if value else head
    if _fits(line, INDENT):
        return [line]
    if arguments and _fits(f"{head} = {default}(", INDENT):
        inside = ", ".join(arguments)
        lines = [inside] if _fits(INDENT + inside, INDENT) else [f"{argument}," for argument in arguments]
        return [f"{head} = {default}(", *[INDENT + each for each in lines], ")"]
    if value and not arguments and _fits(f"{head} = (", INDENT):
        return [f"{head} = (", INDENT + value, ")"]
    return list(laid_out(f"{name}: ", annotation, f" = {value}" if value else "", INDENT))


def laid_out(before: str, annotation: Annotation, after: str, indent: str, *, bare: bool = False) -> Iterator[str]:
    """The lines of an annotation between two texts; `bare` says that brackets around it make more superfluous."""
    if _fits(f"{before}{annotation}{after}", indent):
        yield f"{before}{annotation}{after}"
        return
    match annotation:
        case str():
            yield f"{before}{annotation}{after}"
        case Subscript(name, arguments):
            yield f"{before}{name}["
            comma = "," if len(arguments) > 1 else ""
            for each in arguments:
                for line in laid_out("", each, comma, indent + INDENT, bare=True):
                    yield INDENT + line
            yield f"]{after}"
        case Either() if bare:
            yield from _members(before, annotation, after, indent)
        case Either():
            yield f"{before}("
            inner = indent + INDENT
            lines = [str(annotation)] if _fits(str(annotation), inner) else _members("", annotation, "", inner)
            yield from (INDENT + line for line in lines)
            yield f"){after}"
        case _:
            assert_never(annotation)


def _members(before: str, annotation: Either, after: str, indent: str) -> Iterator[str]:
    for index, member in enumerate(annotation.members):
        last = index == len(annotation.members) - 1
        yield from laid_out("| " if index else before, member, after if last else "", indent, bare=True)


def _fits(line: str, indent: str) -> bool:
    return len(indent) + len(line) <= WIDTH
