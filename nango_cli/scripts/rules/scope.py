"""Which names of a file are the `nango` object: the entry point's, and those that it is passed on by."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Set

from nango_cli.scripts.entry_point import Function
from nango_cli.scripts.rules.tree import Tree

_CLASSES = ("NangoSync", "NangoAction")


class Scope:
    """The functions that are given `nango`, each with the names that it has there."""

    def __init__(self, tree: Tree, entries: Iterable[Function]) -> None:
        self._tree = tree
        self._parents = tree.parents
        self._named: dict[Function, set[str]] = {}
        functions: list[Function] = [*tree.of(ast.FunctionDef), *tree.of(ast.AsyncFunctionDef)]
        self._own = {each.name: each for each in functions if isinstance(tree.parents[each], ast.Module)}
        for function in entries:
            self._named[function] = {each.arg for each in _parameters(function)[:1]}
        for function in functions:
            for parameter in _parameters(function):
                if parameter.annotation is not None and _is_nango_class(parameter.annotation):
                    self._named.setdefault(function, set()).add(parameter.arg)
        while self._pass_on():
            pass

    @property
    def leaves(self) -> bool:
        """Whether some `nango` is used otherwise than to call a method, read an attribute or call a known function."""
        for node in self._tree.of(ast.Name):
            parent = self._parents[node]
            if not isinstance(node.ctx, ast.Load) or isinstance(parent, ast.Attribute):
                continue
            if self.is_nango(node) and not self._is_known_call(parent):
                return True
        return False

    def is_nango(self, name: ast.Name) -> bool:
        for function in functions_above(name, self._parents):
            if name.id in self._named.get(function, ()):
                return True
            if any(each.arg == name.id for each in _parameters(function)):
                return False
        return False

    def names(self, function: Function) -> Set[str]:
        """What `nango` is called in a function that is given it."""
        return self._named.get(function, frozenset())

    def _is_known_call(self, node: ast.AST) -> bool:
        if isinstance(node, ast.keyword):
            node = self._parents[node]
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in self._own

    def _pass_on(self) -> bool:
        """Follow calls of the file's own functions one step; False if nothing new came of it."""
        before = sum(map(len, self._named.values()))
        for call in self._tree.of(ast.Call):
            target = self._own.get(call.func.id) if isinstance(call.func, ast.Name) else None
            if target is None:
                continue
            taken = _parameters(target)
            given = [(each.arg, value) for each, value in zip(taken, call.args, strict=False)]
            given += [(each.arg, each.value) for each in call.keywords if each.arg]
            for name, value in given:
                if isinstance(value, ast.Name) and self.is_nango(value):
                    self._named.setdefault(target, set()).add(name)
        return sum(map(len, self._named.values())) > before


def functions_above(node: ast.AST, parents: Mapping[ast.AST, ast.AST]) -> Iterator[Function]:
    """The functions that a node stands in, from the inside out."""
    parent = parents.get(node)
    while parent is not None:
        if isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef):
            yield parent
        parent = parents.get(parent)


def _parameters(function: Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _is_nango_class(annotation: ast.expr) -> bool:
    if isinstance(annotation, ast.Constant):
        return annotation.value in _CLASSES
    name = annotation.attr if isinstance(annotation, ast.Attribute) else getattr(annotation, "id", None)
    return name in _CLASSES
