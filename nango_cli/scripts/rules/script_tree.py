"""A Python file of a project as the rules see it: its tree, what is declared of it, and what it asks `nango` for."""

from __future__ import annotations

import ast
import re
from functools import cached_property
from typing import Literal, NamedTuple

from nango_cli.diagnostics.source import Source, Span
from nango_cli.ir.project import Project, Script, Sync
from nango_cli.ir.types import Type
from nango_cli.scripts.entry_point import ENTRY_POINTS, Function
from nango_cli.scripts.rules.request import Request, configuration, is_dict, loose
from nango_cli.scripts.rules.scope import Scope, functions_above
from nango_cli.scripts.rules.syntax import argument, is_function, name_of, place, positional
from nango_cli.scripts.rules.tree import Tree

Kind = Literal["sync", "action", "on-event", "mapper", "types"]

SENDING = frozenset(["get", "post", "put", "patch", "delete", "proxy", "paginate"])
WRITING = frozenset(["batch_save", "batch_update", "batch_delete"])

_WEBHOOK = "on_webhook_payload_received"
_NAMED = re.compile(r"(?:async\s+)?(?:def|class)\s+(\w+)")


class Use(NamedTuple):
    """A call of a method of the `nango` object, and the function that it stands in."""

    method: str
    call: ast.Call
    function: Function


class ScriptTree:
    """One file. `script` is None for a mapper and for the types of an integration."""

    def __init__(
        self, source: Source, module: ast.Module, kind: Kind, integration: str, project: Project, script: Script | None
    ) -> None:
        self.source = source
        self.module = module
        self.kind = kind
        self.integration = integration
        self.project = project
        self.script = script
        self.tree = Tree(module)

    @property
    def file(self) -> str:
        return self.source.path.rpartition("/")[2]

    @cached_property
    def functions(self) -> list[Function]:
        return [*self.tree.of(ast.FunctionDef), *self.tree.of(ast.AsyncFunctionDef)]

    @cached_property
    def calls(self) -> list[ast.Call]:
        return self.tree.of(ast.Call)

    @cached_property
    def entry(self) -> Function | None:
        """The function that the script is run by."""
        wanted = ENTRY_POINTS.get(self.kind)
        found = [each for each in self.module.body if is_function(each) and wanted and each.name == wanted.name]
        return found[-1] if found else None

    @cached_property
    def input(self) -> str | None:
        """The name of the entry point's second parameter: an action's input, a sync's metadata."""
        parameters = positional(self.entry) if self.entry else []
        return parameters[1].arg if len(parameters) > 1 else None

    @cached_property
    def taken(self) -> dict[str, Type]:
        """The declared fields of an action's input or of a sync's metadata."""
        declared = None if self.script is None or self.script.kind == "on-event" else self.script.input
        model = next((each for each in self.project.models if declared and each.name.value == declared.value), None)
        return {field.name.value: field.type for field in model.fields} if model else {}

    def field(self, node: ast.expr) -> str | None:
        """The field of the input or metadata that an expression reads: `owner` of `input.owner`."""
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            name, owner = node.slice.value, node.value
        elif isinstance(node, ast.Attribute):
            name, owner = node.attr, node.value
        else:
            return None
        function = next(functions_above(node, self.tree.parents), None)
        if name not in self.taken or not isinstance(owner, ast.Name) or function is None:
            return None
        if function is self.entry and owner.id == self.input:
            given = self.assigned(owner.id, function)
            return name if len(given) == 1 else None
        value = self.value(owner, function)
        metadata = any(use.call is value for use in self.used("get_metadata"))
        return name if metadata and self.kind == "sync" else None

    @cached_property
    def uses(self) -> list[Use]:
        """Every call of `nango` in the file, from the top; also in functions that are given it."""
        found = []
        for call in self.calls:
            if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
                function = next(functions_above(call, self.tree.parents), None)
                if function is not None and self.scope.is_nango(call.func.value):
                    found.append(Use(call.func.attr, call, function))
        return found

    @cached_property
    def leaves(self) -> bool:
        """Whether `nango` is handed to something outside of this file, which may do anything with it."""
        return self.scope.leaves

    def is_nango(self, name: ast.Name) -> bool:
        return self.scope.is_nango(name)

    def used(self, *methods: str) -> list[Use]:
        return [use for use in self.uses if use.method in methods]

    @cached_property
    def requests(self) -> list[Request]:
        """Every request that the file describes: each ProxyConfiguration, and each dict that `nango` is given."""
        found = [configuration(call) for call in self.calls if name_of(call.func) == "ProxyConfiguration"]
        for use in self.used(*SENDING):
            given = self.value(argument(use.call, 0, "config"), use.function)
            if is_dict(given) and all(each.node is not given for each in found):
                found.append(loose(given))
        return sorted(found, key=lambda request: place(request.node))

    def value(self, node: ast.expr | None, function: Function) -> ast.expr | None:
        """What an expression stands for: itself, or what its name is given in the function, if that happens once."""
        if not isinstance(node, ast.Name):
            return node
        given = self.assigned(node.id, function)
        return given[0] if len(given) == 1 and given[0] is not None else None

    def assigned(self, name: str, function: Function) -> list[ast.expr | None]:
        """What a name is given in a function; None where that is not a plain assignment."""
        found: list[ast.expr | None] = []
        for node in self.tree.walk(function):
            if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store | ast.Del):
                parent = self.tree.parents[node]
                plain = isinstance(parent, ast.Assign | ast.AnnAssign) and parent.value is not None
                found.append(parent.value if plain and isinstance(parent, ast.Assign | ast.AnnAssign) else None)
            elif isinstance(node, ast.arg) and node.arg == name:
                found.append(None)
        return found

    @property
    def outputs(self) -> list[str]:
        """The models that a sync saves."""
        return [each.value for each in self.script.output or ()] if isinstance(self.script, Sync) else []

    def model(self, use: Use) -> str | None:
        """The model that a call of a sync is about; "" if that cannot be seen, None if it names none."""
        call = use.call
        if any(isinstance(each, ast.Starred) for each in call.args) or any(each.arg is None for each in call.keywords):
            return ""
        node = self.model_argument(use)
        if node is None or (isinstance(node, ast.Constant) and node.value is None):
            return None
        if isinstance(node, ast.Constant):
            return str(node.value)
        # A class is named as its model is, but for what Python does not take in names.
        name = name_of(node) or ""
        known = [each.name.value for each in self.project.models if _letters(each.name.value) == _letters(name)]
        if isinstance(node, ast.Name) and (node.id not in self._imported or not known):
            return ""
        return next((each for each in known if each in self.outputs), known[0] if known else "")

    def model_argument(self, use: Use) -> ast.expr | None:
        """Where a call of a sync names its model."""
        return argument(use.call, 0 if use.method.startswith("track_deletes") else 1, "model")

    @cached_property
    def _imported(self) -> set[str]:
        imports = self.tree.of(ast.ImportFrom)
        return {alias.asname or alias.name for node in imports for alias in node.names}

    def span(self, node: ast.expr | ast.stmt | ast.arg | ast.keyword) -> Span:
        """The characters of a node: of its first line if there are several."""
        start = self.column(node.lineno, node.col_offset)
        if node.end_lineno == node.lineno and node.end_col_offset is not None:
            end = self.column(node.lineno, node.end_col_offset)
        else:
            end = len(self.source.line(node.lineno).rstrip()) + 1
        return Span(self.source.path, node.lineno, start, node.lineno, max(end, start + 1))

    def place(self, node: ast.stmt | ast.ExceptHandler, length: int) -> Span:
        """The first characters of a node."""
        start = self.column(node.lineno, node.col_offset)
        return Span(self.source.path, node.lineno, start, node.lineno, start + length)

    def started(self, name: str, function: Function) -> ast.expr | None:
        """What a name is given in a function, if that happens once; what is added to it afterwards does not count."""
        given = [
            self.tree.parents[node]
            for node in self.tree.walk(function)
            if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
        ]
        first = [each for each in given if not isinstance(each, ast.AugAssign)]
        return first[0].value if len(first) == 1 and isinstance(first[0], ast.Assign | ast.AnnAssign) else None

    def method(self, call: ast.Call) -> Span:
        """The characters of what is called: `nango.get` in `nango.get(config)`."""
        return self.span(call.func)

    def name(self, node: Function | ast.ClassDef) -> Span:
        """The characters of the name that a definition gives."""
        start = self.column(node.lineno, node.col_offset)
        match = _NAMED.match(self.source.line(node.lineno), start - 1)
        first, end = match.span(1) if match else (start - 1, start + 2)
        return Span(self.source.path, node.lineno, first + 1, node.lineno, end + 1)

    def text(self, node: ast.expr) -> str:
        """The code of an expression, on one line."""
        return ast.unparse(node)

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.tree, self._entries())

    def column(self, line: int, offset: int) -> int:
        """The column, in characters from 1, of what the tree counts in bytes."""
        text = self.source.line(line)
        return offset + 1 if text.isascii() else len(text.encode()[:offset].decode(errors="ignore")) + 1

    def _entries(self) -> list[Function]:
        names = {ENTRY_POINTS[self.kind].name, _WEBHOOK} if self.kind in ENTRY_POINTS else set()
        return [each for each in self.module.body if is_function(each) and each.name in names]


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()
