"""Texts that are put together: of literals, in f-strings, with `+`, `%` and `format`."""

from __future__ import annotations

import ast
import re

_PERCENT = re.compile(r"%[sd]")
_FIELD = re.compile(r"\{(\w*)\}")


def parts(node: ast.expr) -> list[str | ast.expr]:
    """The parts of a text in order: those that are written out, and the expressions between them.

    What cannot be taken apart is one expression.
    """
    found: list[str | ast.expr] = []
    todo = [node]
    while todo:
        match todo.pop():
            case ast.Constant(value=str(text)):
                found.append(text)
            case ast.FormattedValue(value=value):
                found.append(value)
            case ast.JoinedStr(values=values):
                todo += reversed(values)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                todo += [right, left]
            case ast.BinOp(left=ast.Constant(value=str(text)), op=ast.Mod(), right=right) as whole:
                given = right.elts if isinstance(right, ast.Tuple) else [right]
                found += _woven(_PERCENT.split(text), given, "%") or [whole]
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format")) as whole:
                found += _formatted(text, whole) or [whole]
            case other:
                found.append(other)
    return found


def text_of(node: ast.expr | None) -> str | None:
    """A text as far as it is written out, with `{}` for the rest; None for what may be something else."""
    found = parts(node) if node else []
    if not isinstance(node, ast.JoinedStr) and not any(isinstance(each, str) for each in found):
        return None
    return "".join(each if isinstance(each, str) else "{}" for each in found)


def _formatted(text: str, call: ast.Call) -> list[str | ast.expr]:
    given = {str(index): each for index, each in enumerate(call.args)}
    if any(isinstance(each, ast.Starred) for each in call.args):
        return []
    given |= {each.arg: each.value for each in call.keywords if each.arg}
    names = [name or str(index) for index, name in enumerate(_FIELD.findall(text))]
    return _woven(_FIELD.split(text)[::2], [given[name] for name in names if name in given], "{}")


def _woven(texts: list[str], values: list[ast.expr], marks: str) -> list[str | ast.expr]:
    """Texts with the values between them; nothing if there is more to it, such as formats or escaped marks."""
    starred = any(isinstance(each, ast.Starred) for each in values)
    if starred or len(texts) != len(values) + 1 or any(mark in text for text in texts for mark in marks):
        return []
    woven: list[str | ast.expr] = [texts[0]]
    for value, text in zip(values, texts[1:], strict=True):
        woven += [value, text]
    return woven
