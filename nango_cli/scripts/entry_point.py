"""What can be said about a Python script without running it: does it parse, and can its entry point be called?"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.diagnostics.source import Source, Span
from nango_cli.diagnostics.suggest import nearest

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")  # Python knows fewer line breaks than YAML
_NAME = re.compile(r"(?:async(?:\s|\\\r?\n)+)?def(?:\s|\\\r?\n)+(\w+)")

Function = ast.FunctionDef | ast.AsyncFunctionDef


class EntryPoint(NamedTuple):
    """The function that a kind of script is run by, and the parameters it may have."""

    name: str
    parameters: tuple[tuple[str, ...], ...]

    @property
    def help(self) -> str:
        shapes = [f"`def {self.name}({', '.join(each)})`" for each in self.parameters]
        return "define " + " or ".join(shapes)


ENTRY_POINTS = {
    "sync": EntryPoint("fetch_data", (("nango",), ("nango", "metadata"))),
    "action": EntryPoint("run_action", (("nango",), ("nango", "input"))),
    "on-event": EntryPoint("on_event", (("nango",),)),
}


def check(source: Source, kind: str) -> Iterator[Diagnostic]:
    """What would keep a script of this kind from being run; the text is parsed, never executed.

    Of a file that only scripts import, such as a mapper, that is what keeps Python from reading it.
    """
    module = _parse(source)
    if isinstance(module, Diagnostic):
        yield module
        return
    wanted = ENTRY_POINTS.get(kind)
    if wanted is None:
        return
    bound = _bindings(module)
    entry = bound.get(wanted.name)
    if wanted.name not in bound and "*" not in bound:
        yield _missing(source, wanted, kind, {name: each for name, each in bound.items() if each is not None})
    elif entry is not None and not entry.decorator_list:
        yield from _wrong_signature(source, wanted, entry)


def _parse(source: Source) -> ast.Module | Diagnostic:
    """The tree of a module, or NG404 at the place where Python stumbles."""
    message, span = "it is nested too deeply", source.span_at(0)
    try:
        if (nul := source.text.find("\0")) >= 0:
            message, span = "it holds a NUL character", source.span_at(nul)
        else:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(source.text)
    except SyntaxError as error:
        message, span = error.msg, _place(error, source)
    except (RecursionError, MemoryError):
        pass
    return Diagnostic("NG404", "error", f"Python cannot read this: {message}", span)


def _bindings(module: ast.Module) -> dict[str, Function | None]:
    """The names that a module binds: the function where it is one, None where only running it would tell."""
    bound: dict[str, Function | None] = {}
    todo = module.body[::-1]
    while todo:
        statement = todo.pop()
        match statement:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                bound[name] = statement
            case ast.ClassDef(name=name):
                bound[name] = None
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                bound.update({alias.asname or alias.name.partition(".")[0]: None for alias in names})
            case _:
                # Statements that hold others, such as `if` and `try`, do not make a scope of their own.
                inner: list[ast.stmt] = []
                for child in ast.iter_child_nodes(statement):
                    if isinstance(child, ast.stmt):
                        inner.append(child)
                    elif isinstance(child, ast.ExceptHandler | ast.match_case):
                        inner += child.body
                    else:
                        bound.update(dict.fromkeys(_stored(child)))
                todo += inner[::-1]
    return bound


def _stored(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            yield each.id


def _missing(source: Source, wanted: EntryPoint, kind: str, functions: dict[str, Function]) -> Diagnostic:
    file = source.path.rpartition("/")[2]
    message = f"{file} has no function `{wanted.name}`"
    others = {each.name: other for other, each in ENTRY_POINTS.items()}
    span, help = source.span_at(0), wanted.help
    if other := next((name for name in functions if name in others), None):
        span = _name_span(source, functions[other])
        help = f"`{other}` is run in {_article(others[other])}; in {_article(kind)}, {wanted.help}"
    elif near := _slip(wanted.name, functions):
        span, help = _name_span(source, functions[near]), f"rename `{near}` to `{wanted.name}`"
    return Diagnostic("NG402", "error", message, span, help)


def _slip(wanted: str, names: Iterable[str]) -> str | None:
    """The name that was meant to be the wanted one, such as `fetchData`."""
    same = (name for name in names if name.replace("_", "").lower() == wanted.replace("_", ""))
    return next(same, None) or nearest(wanted, names)


def _wrong_signature(source: Source, wanted: EntryPoint, entry: Function) -> Iterator[Diagnostic]:
    """NG403 if a call with the arguments of `wanted` could fail; what the host passes is in `sdk/entry.py`."""
    arguments = entry.args
    positional = [*arguments.posonlyargs, *arguments.args]
    required = positional[: len(positional) - len(arguments.defaults)]
    most = max(map(len, wanted.parameters))
    needed = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    unfilled = [*required[most:], *(each for each, default in needed if default is None)]
    help = wanted.help
    if not positional:
        message, span = f"`{wanted.name}` has no parameter for `nango`", _name_span(source, entry)
    elif unfilled:
        names = ", ".join(f"`{each.arg}`" for each in unfilled)
        message = f"nothing is passed to `{wanted.name}` for {names}"
        span = _span(source, unfilled[0], len(unfilled[0].arg))
        help += "; further parameters need a default"
    else:
        return
    yield Diagnostic("NG403", "error", message, span, help)


def _article(kind: str) -> str:
    return f"a {kind}" if kind == "sync" else f"an {kind}"


def _name_span(source: Source, function: Function) -> Span:
    """The place of a function's name, which Python's tree leaves out."""
    start = _offset(source.text, function.lineno, function.col_offset)
    match = _NAME.match(source.text, start)
    return source.span_at(match.start(1), len(match[1])) if match else source.span_at(start, len("def"))


def _span(source: Source, node: ast.arg, length: int) -> Span:
    return source.span_at(_offset(source.text, node.lineno, node.col_offset), length)


def _offset(text: str, line: int, column: int) -> int:
    """The offset of a place in Python's tree, whose columns count bytes."""
    start = _line_start(text, line)
    content = _LINE.match(text, start)
    return start + len((content[0] if content else "").encode()[:column].decode(errors="ignore"))


def _line_start(text: str, line: int) -> int:
    before = takewhile(lambda numbered: numbered[0] < line, enumerate(_LINE.finditer(text), 1))
    return sum(len(match[0]) for _, match in before)


def _place(error: SyntaxError, source: Source) -> Span:
    """Where Python stumbled; its columns count characters here, and may lie past the end of the text."""
    line, column, end = error.lineno or 1, max(error.offset or 1, 1), error.end_offset or 0
    length = end - column if error.end_lineno == line else 1
    start = min(_line_start(source.text, line) + column - 1, len(source.text.rstrip()))
    return source.span_at(start, max(length, 1))
