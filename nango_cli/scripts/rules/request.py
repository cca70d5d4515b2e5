"""A request as a script describes it."""

from __future__ import annotations

import ast
from typing import NamedTuple, TypeGuard

FIELDS = (  # of a ProxyConfiguration, by place
    "endpoint",
    "method",
    "params",
    "data",
    "headers",
    "retries",
    "retry_on",
    "base_url_override",
    "decompress",
    "paginate",
)


class Request(NamedTuple):
    """A ProxyConfiguration or a dict in its place; `whole` says that nothing else can be in it than `fields`."""

    node: ast.Call | ast.Dict
    fields: dict[str, ast.expr]
    whole: bool

    @property
    def loose(self) -> bool:
        return is_dict(self.node)


def configuration(call: ast.Call) -> Request:
    """The request of a call of `ProxyConfiguration`."""
    fields: dict[str, ast.expr] = dict(zip(FIELDS, call.args, strict=False))
    fields.update({each.arg: each.value for each in call.keywords if each.arg})
    starred = any(isinstance(each, ast.Starred) for each in call.args)
    return Request(call, fields, not starred and all(each.arg for each in call.keywords))


def is_dict(node: ast.expr | None) -> TypeGuard[ast.Call | ast.Dict]:
    """Whether an expression is a dict that is written out: in braces, or as a call of `dict`."""
    return isinstance(node, ast.Dict) or (isinstance(node, ast.Call) and getattr(node.func, "id", None) == "dict")


def loose(node: ast.Call | ast.Dict) -> Request:
    """The request that a dict stands for."""
    if isinstance(node, ast.Call):
        given = {each.arg: each.value for each in node.keywords if each.arg}
        return Request(node, given, not node.args and len(given) == len(node.keywords))
    known = {str(key.value): value for key, value in zip(node.keys, node.values, strict=True) if _is_text(key)}
    return Request(node, known, all(map(_is_text, node.keys)))


def _is_text(node: ast.expr | None) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
