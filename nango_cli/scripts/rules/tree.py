"""Python's tree of a file with the way up from every node, and quick ways to what is wanted of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeVar

from nango_cli.scripts.rules.syntax import is_branch, is_function, name_of, place

N = TypeVar("N", bound=ast.AST)

# There is one node of each of these for all places.
_SHARED = frozenset(
    kind
    for family in (ast.expr_context, ast.operator, ast.boolop, ast.unaryop, ast.cmpop)
    for kind in family.__subclasses__()
)
_LOGGING = frozenset(["log", "debug", "info", "warn", "warning", "error", "exception", "print", "str", "repr", "type"])
_FOR = (ast.For, ast.AsyncFor)
_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_SCOPES = frozenset([ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda])


class Tree:
    """The nodes of a module from the top, and what each of them stands in."""

    def __init__(self, module: ast.Module) -> None:
        self.nodes: list[ast.AST] = []
        self.parents: dict[ast.AST, ast.AST] = {}
        self._places: dict[ast.AST, int] = {}
        self._ends: list[int] = []
        self._owners: dict[ast.AST, ast.AST | None] = {module: None}
        self._by_type: dict[type[ast.AST], list[ast.AST]] = {}
        self._read(module)

    def of(self, type_: type[N]) -> list[N]:
        """Every node of exactly this type, from the top."""
        return self._by_type.get(type_, [])  # type: ignore[return-value]  # each list holds one type

    def walk(self, node: ast.AST) -> list[ast.AST]:
        """A node and everything in it."""
        start = self._places.get(node)
        return [] if start is None else self.nodes[start : self._ends[start]]

    def within(self, *nodes: ast.AST) -> Iterator[ast.AST]:
        """Nodes and all that is run with them: what stands in functions that they define is left out."""
        for node in nodes:
            owner = self._owners[node]
            yield from (each for each in self.walk(node) if self._owners[each] is owner)

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """What a node stands in, from the inside out."""
        while (parent := self.parents.get(node)) is not None:
            yield parent
            node = parent

    def defines(self, name: str) -> bool:
        """Whether a name is something of the file's own anywhere in it, and not only what Python has."""
        for node in self.nodes:
            match node:
                case ast.Name(id=own, ctx=ast.Store() | ast.Del()) | ast.arg(arg=own):
                    if own == name:
                        return True
                case _ if name in (getattr(node, "name", ""), getattr(node, "asname", "")):
                    return True
        return False

    def statement(self, node: ast.AST) -> ast.stmt | None:
        """The statement that a node is a part of."""
        return next((each for each in (node, *self.above(node)) if isinstance(each, ast.stmt)), None)

    def loops(self, node: ast.AST) -> Iterator[ast.For | ast.AsyncFor | ast.While]:
        """The loops of the same function that repeat a node, from the inside out."""
        child = node
        for each in self.above(node):
            if is_function(each) or isinstance(each, ast.Lambda):
                return
            repeats = isinstance(each, ast.While) or (isinstance(each, _FOR) and child is not each.iter)
            if repeats and isinstance(each, ast.While | ast.For | ast.AsyncFor) and child not in each.orelse:
                yield each
            child = each

    def is_quiet(self, handler: ast.ExceptHandler) -> bool:
        """Whether nothing comes of a failure but a line in a log: it is not raised, noted, or handed to anybody."""
        inside = {*self.walk(handler)}
        read = {each.id for each in self.of(ast.Name) if isinstance(each.ctx, ast.Load) and each not in inside}
        for node in (node for each in handler.body for node in self.walk(each)):
            match node:
                case ast.Raise() | ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
                    return False
                case ast.Name(id=name, ctx=ast.Store()) if name in read:
                    return False
                case ast.Call(func=func) if name_of(func) not in _LOGGING:
                    return False
        return True

    def precedes(self, first: ast.expr | ast.stmt, second: ast.expr | ast.stmt) -> bool:
        """Whether one node stands before another, and not in a branch that is left before the other comes."""
        if place(first) >= place(second):
            return False
        inside = {each: below for below, each in zip((first, *self.above(first)), self.above(first), strict=False)}
        below: ast.AST = second
        for each in self.above(second):
            if each in inside:
                return not is_branch(each, inside[each], below) and not self._left(first, inside[each])
            below = each
        return True

    def _left(self, node: ast.AST, top: ast.AST) -> bool:
        """Whether what follows a node in its blocks, up to one that it stands in, goes away from there."""
        for parent in self.above(node):
            if node is top:
                return False
            for block in (getattr(parent, name, None) for name in ("body", "orelse", "finalbody")):
                if (
                    isinstance(block, list)
                    and node in block
                    and isinstance(block[-1], _LEAVING)
                    and block[-1] is not node
                ):
                    return True
            node = parent
        return False

    def _read(self, module: ast.Module) -> None:
        nodes, parents, owners = self.nodes, self.parents, self._owners
        todo: list[ast.AST] = [module]
        while todo:
            node = todo.pop()
            self._places[node] = len(nodes)
            nodes.append(node)
            self._by_type.setdefault(type(node), []).append(node)
            owner = node if type(node) in _SCOPES else owners[node]
            inner: list[ast.AST] = []
            for name in node._fields:
                value = getattr(node, name, None)
                if isinstance(value, ast.AST):
                    inner.append(value)
                elif type(value) is list:
                    inner += [each for each in value if isinstance(each, ast.AST)]
            for each in reversed(inner):
                if type(each) not in _SHARED:
                    parents[each] = node
                    owners[each] = owner
                    todo.append(each)
        sizes = [1] * len(nodes)
        for index in range(len(nodes) - 1, 0, -1):
            sizes[self._places[parents[nodes[index]]]] += sizes[index]
        self._ends = [index + size for index, size in enumerate(sizes)]
