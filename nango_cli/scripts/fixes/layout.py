"""Where things stand in a script: what a fix needs to know of a place before it edits there."""

from __future__ import annotations

import ast
import io
import tokenize
from functools import cached_property

from nango_cli.diagnostics.diagnostic import Edit
from nango_cli.diagnostics.source import Source, Span
from nango_cli.scripts.rules.request import Request
from nango_cli.scripts.rules.scope import functions_above
from nango_cli.scripts.rules.script_tree import SENDING, ScriptTree, Use
from nango_cli.scripts.rules.syntax import argument

_BETWEEN = frozenset([tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT])
Placed = ast.expr | ast.stmt | ast.keyword | ast.alias


class Layout:
    """A script's text, its tree and its tokens."""

    def __init__(self, script: ScriptTree) -> None:
        self.script = script

    @property
    def source(self) -> Source:
        return self.script.source

    def extent(self, node: Placed) -> Span:
        """All the characters of a node."""
        line, offset = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        start, end = self.script.column(node.lineno, node.col_offset), self.script.column(line, offset)
        return Span(self.source.path, node.lineno, start, line, end)

    def before(self, node: Placed) -> Span:
        """The place where a node begins."""
        extent = self.extent(node)
        return self.at(extent.line, extent.column)

    def after(self, node: Placed) -> Span:
        """The place where a node has ended."""
        extent = self.extent(node)
        return self.at(extent.end_line, extent.end_column)

    def at(self, line: int, column: int) -> Span:
        return Span(self.source.path, line, column, line, column)

    def text(self, span: Span) -> str | None:
        """What stands at a span; None if it is of several lines."""
        return (
            self.source.line(span.line)[span.column - 1 : span.end_column - 1] if span.line == span.end_line else None
        )

    def indent(self, line: int) -> str:
        text = self.source.line(line)
        return text[: len(text) - len(text.lstrip())]

    def is_first(self, node: Placed) -> bool:
        """Whether nothing but space stands before a node on its line."""
        extent = self.extent(node)
        return not self.source.line(extent.line)[: extent.column - 1].strip()

    def call(self, span: Span) -> ast.Call | None:
        """The call whose name, with all before it, stands at a span."""
        return next((each for each in self.script.calls if self.script.method(each) == span), None)

    def request(self, span: Span) -> Request | None:
        """The request that a span stands in."""
        for each in self.script.requests:
            extent = self.extent(each.node)
            if extent[1:3] <= span[1:3] < extent[3:5]:  # (line, column) pairs
                return each
        return None

    def ways(self, request: Request) -> list[str]:
        """The methods of `nango` that a request is handed to, as far as this can be seen."""
        sent = [(use, self.script.value(argument(use.call, 0, "config"), use.function)) for use in self._sending]
        return [use.method for use, given in sent if given is request.node]

    def is_only_sent(self, request: Request) -> bool:
        """Whether nothing else happens to a request than that `nango` is given it."""
        given = [argument(use.call, 0, "config") for use in self._sending]
        if request.node in given:
            return True
        function = next(functions_above(request.node, self.script.tree.parents), None)
        match self.script.tree.parents[request.node]:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if function:
                named = [node for node in self.script.tree.of(ast.Name) if node.id == name]
                return all(each in given for each in named if isinstance(each.ctx, ast.Load))
        return False

    def nango(self, node: ast.expr) -> str | None:
        """What `nango` is called where a node is run; None if that is not certain."""
        tree = self.script.tree
        if any(isinstance(each, ast.arguments) for each in tree.above(node)):  # a default is evaluated elsewhere
            return None
        for function in functions_above(node, tree.parents):
            if not any(node in tree.walk(each) for each in function.body):  # its decorators and annotations
                return None
            for name in sorted(self.script.scope.names(function)):
                others = [each for each in tree.walk(function) if name in _defined(each)]
                return name if self.script.assigned(name, function) == [None] and not others else None
        return None

    def append(self, bracket: ast.Call | ast.Dict, item: str) -> tuple[Edit, ...] | None:
        """The edits that put another item last in a call or dict, on a line of its own where the others have one."""
        items: list[ast.expr | ast.keyword]
        items = [*bracket.args, *bracket.keywords] if isinstance(bracket, ast.Call) else list(bracket.values)
        closing = self.after(bracket)
        token = self.token_before(closing.line, closing.column - 1)
        if token is None:
            return None
        line, column = token.end
        place, end = self.at(line, column + 1), self.at(line, len(self.source.line(line)) + 1)
        comma = token.string == ","
        if not items:
            return (Edit(place, item),)
        last = max(each.lineno for each in items)
        if line == closing.line or last == bracket.lineno:
            return (Edit(place, f" {item}," if comma else f", {item}"),)
        row = f"{self.source.newline}{self.indent(last)}{item}"
        if comma:
            return (Edit(end, f"{row},"),)
        return (Edit(place, f",{row}"),) if place == end else (Edit(place, ","), Edit(end, row))

    def token_before(self, line: int, column: int) -> tokenize.TokenInfo | None:
        """The last token that ends before a place, comments and line breaks aside; the column counts from 1."""
        ended = (each for each in reversed(self._tokens) if each.end < (line, column) and each.type not in _BETWEEN)
        return next(ended, None)

    def string_around(self, line: int, column: int) -> str:
        """The text literal that a place stands in, or the beginning of it."""
        begun = (each for each in reversed(self._tokens) if each.start < (line, column - 1))
        kinds = ("STRING", "FSTRING_START")
        return next((each.string for each in begun if tokenize.tok_name[each.type] in kinds), "")

    @cached_property
    def _tokens(self) -> list[tokenize.TokenInfo]:
        return list(tokenize.generate_tokens(io.StringIO(self.source.text, newline="").readline))

    @property
    def _sending(self) -> list[Use]:
        return self.script.used(*SENDING)


def _defined(node: ast.AST) -> tuple[object, ...]:
    """The names that a node gives to something, where it is no ordinary variable or parameter."""
    return tuple(getattr(node, field, None) for field in ("name", "asname", "rest"))
