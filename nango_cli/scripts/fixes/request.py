"""Requests: what they lack, and how they are written."""

from __future__ import annotations

import ast
import re
from urllib.parse import parse_qsl

from nango_cli.diagnostics.diagnostic import Diagnostic, Edit, Fix
from nango_cli.scripts.fixes.importing import imported
from nango_cli.scripts.fixes.layout import Layout
from nango_cli.scripts.rules.request import FIELDS, Request
from nango_cli.scripts.rules.syntax import name_of

_ADVISED = re.compile(r"(add|write) `([^`]+)`")
_QUERY = re.compile(r"""[fF]?(?P<quote>["'])[^?\\#]*(?<!["'])(?P<query>\?[^?\\#{}"']+)(?P=quote)""")
_PLAIN = re.compile(r"[\w.~-]+=[\w.~-]*(?:&[\w.~-]+=[\w.~-]*)*", re.ASCII)  # what no client escapes
_COLON = re.compile(r"[ \t]*:[ \t]*(?=[^\s#])")


def retries(found: Diagnostic, layout: Layout) -> Fix | None:
    """The retries that the help names; added ones are safe where a request only reads: another may happen twice."""
    request = layout.request(found.span) if found.span else None
    advised = _ADVISED.match(found.help or "")
    if found.span is None or request is None or advised is None:
        return None
    if advised[1] == "write":
        return Fix(advised[0], (Edit(found.span, advised[2]),), safe=False)
    edits = layout.append(request.node, _quoted(advised[2], request, layout))
    return Fix(advised[0], edits, safe=_only_reads(request, layout)) if edits else None


def params(found: Diagnostic, layout: Layout) -> Fix | None:
    """The query as `params`; safe where it is the same on its way, as nothing in it is escaped."""
    request = layout.request(found.span) if found.span else None
    endpoint = request.fields.get("endpoint") if request else None
    if request is None or endpoint is None or not request.whole or "params" in request.fields:
        return None
    extent = layout.extent(endpoint)
    match = _QUERY.fullmatch(layout.text(extent) or "")
    if match is None or _gets_params(request, layout):
        return None
    query = match["query"][1:]
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True)
    except ValueError:
        return None
    if len({name for name, _ in pairs}) < len(pairs):
        return None
    written = "{" + ", ".join(f"{_text(name)}: {_text(value)}" for name, value in pairs) + "}"
    item = f"params={written}" if isinstance(request.node, ast.Call) else f'"params": {written}'
    added = layout.append(request.node, _quoted(item, request, layout))
    start, end = extent.column + match.start("query"), extent.column + match.end("query")
    removed = Edit(extent._replace(column=start, end_column=end), "")
    return Fix("move the query to `params`", (removed, *added), safe=bool(_PLAIN.fullmatch(query))) if added else None


def configuration(found: Diagnostic, layout: Layout) -> Fix | None:
    """A `ProxyConfiguration` of the same fields."""
    request = layout.request(found.span) if found.span else None
    needed = imported(layout, "models", "ProxyConfiguration")
    if request is None or needed is None or not layout.is_only_sent(request):
        return None
    node, names = request.node, [*request.fields]
    if not request.whole or "endpoint" not in names or set(names) - set(FIELDS):
        return None
    if isinstance(node, ast.Call):
        return Fix("write `ProxyConfiguration(...)`", (Edit(layout.extent(node.func), "ProxyConfiguration"), *needed))
    if len(names) < len(node.keys):
        return None
    opening, closing = layout.before(node), layout.after(node)
    edits = [
        Edit(opening._replace(end_column=opening.column + 1), "ProxyConfiguration("),
        Edit(closing._replace(column=closing.column - 1), ")"),
    ]
    for name, key in zip(names, filter(None, node.keys), strict=True):
        extent = layout.extent(key)
        colon = _COLON.match(layout.source.line(extent.end_line), extent.end_column - 1)
        if colon is None or extent.line != extent.end_line:
            return None
        edits.append(Edit(extent._replace(end_column=colon.end() + 1), f"{name}="))
    return Fix("write `ProxyConfiguration(...)`", (*edits, *needed))


def _only_reads(request: Request, layout: Layout) -> bool:
    method = request.fields.get("method")
    gets = method is None or (isinstance(method, ast.Constant) and method.value == "GET")
    ways = layout.ways(request)
    if not ways or not layout.is_only_sent(request):
        return False
    return all(way == "get" or (way in ("paginate", "proxy") and gets) for way in ways)


def _gets_params(request: Request, layout: Layout) -> bool:
    """Whether a request may be given other `params` later."""
    if request.loose:
        return not layout.is_only_sent(request)
    replaced = [call for call in layout.script.calls if name_of(call.func) == "replace"]
    return any(each.arg in ("params", None) for call in replaced for each in call.keywords)


def _quoted(item: str, request: Request, layout: Layout) -> str:
    """The item of a dict with the quotes that its keys have."""
    first = request.node.keys[0] if isinstance(request.node, ast.Dict) and request.node.keys else None
    single = first is not None and (layout.text(layout.extent(first)) or "").startswith("'")
    return item.replace('"', "'") if single and "'" not in item else item


def _text(value: str) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)
