"""Which models refer to which: reachability and cycles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from nango_cli.ir.project import Action, Model, Sync
from nango_cli.ir.types import Array, Literal, Object, Primitive, Ref, Type, Union


def inner(type_: Type) -> Iterator[Ref | Array | Union | Object]:
    """A type and every type inside it, each before those inside it, without primitives and literals.

    Most fields are of those: passing them by takes half the time.
    """
    todo = [type_]
    while todo:
        each = todo.pop()
        match each:
            case Primitive() | Literal():
                continue
            case Ref():
                pass
            case Array(item):
                todo.append(item)
            case Union(members):
                todo += members[::-1]
            case Object(fields, extra):
                if extra is not None:
                    todo.append(extra)
                todo += [field.type for field in reversed(fields) if not isinstance(field.type, Primitive)]
            case _:
                assert_never(each)
        yield each


def refs(type_: Type) -> Iterator[Ref]:
    """Every reference inside a type, in the order written."""
    return (each for each in inner(type_) if isinstance(each, Ref))


def needed(type_: Type) -> Iterator[str]:
    """The models that every value of a type holds a value of: none behind a list, a union or an optional field."""
    match type_:
        case Ref(model):
            yield model
        case Object(fields):
            for field in fields:
                if not field.optional:
                    yield from needed(field.type)
        case _:
            return


def used_models(script: Sync | Action, models: Mapping[str, Model]) -> list[str]:
    """The models of a script: each output and what it refers to, deep first, then the input and what it refers to."""
    used: dict[str, None] = {}
    for name in (*(script.output or ()), *([script.input] if script.input else ())):
        used.setdefault(name.value)
        todo = [name.value]
        seen: set[str] = set()
        while todo:
            model = models.get(todo.pop())
            if model is None or model.name.value in seen:
                continue
            seen.add(model.name.value)
            used.setdefault(model.name.value)
            todo.extend(reversed([ref.model for ref in refs(model.type)]))
    return list(used)


def cycles(models: Iterable[Model]) -> Iterator[list[Model]]:
    """The groups of models that refer to one another, or to themselves, each in the order declared."""
    declared = {model.name.value: model for model in models}
    edges = {name: [ref.model for ref in refs(model.type)] for name, model in declared.items()}
    order = {name: index for index, name in enumerate(declared)}
    for group in _components(edges):
        if len(group) > 1 or group[0] in edges[group[0]]:
            yield [declared[name] for name in sorted(group, key=order.__getitem__)]


def infinite(models: Iterable[Model]) -> set[str]:
    """The models that have no finite value, because each of their values must hold another of its kind."""
    declared = {model.name.value: set(needed(model.type)) for model in models}
    waiting: dict[str, list[str]] = {}
    missing = {name: len(edges) for name, edges in declared.items()}
    for name, edges in declared.items():
        for edge in edges:
            waiting.setdefault(edge, []).append(name)
    ready = [name for name, count in missing.items() if not count]
    finite: set[str] = set()
    while ready:
        name = ready.pop()
        finite.add(name)
        for other in waiting.get(name, ()):
            missing[other] -= 1
            if not missing[other]:
                ready.append(other)
    return declared.keys() - finite


def _components(edges: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Strongly connected components (Tarjan), without recursion: a file may chain any number of models."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    for root in edges:
        if root in index:
            continue
        work: list[tuple[str, Iterator[str]]] = [(root, iter(edges[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            name, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(edges[other])))
                    break
                if other in on_stack:
                    low[name] = min(low[name], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == index[name]:
                    group: list[str] = []
                    while not group or group[-1] != name:
                        group.append(stack.pop())
                        on_stack.discard(group[-1])
                    yield group
