"""Requests as bytes and answers as values: queries, bodies and what content types mean. Pure."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

FORM = "application/x-www-form-urlencoded"
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^\s;"']+)""", re.IGNORECASE)
_TEXT = ("text/", "application/xml", "application/javascript", FORM, "image/svg+xml")


def with_query(address: str, params: Mapping[str, Any] | str | None) -> str:
    """An address with more parameters. A mapping's replace those of the same name; text is appended as it is."""
    if not params:
        return address
    place, _, query = address.partition("#")[0].partition("?")
    if isinstance(params, str):
        more = utf8(params.removeprefix("?")).decode()
        return f"{place}?{query}&{more}" if query else f"{place}?{more}"
    there = parse_qsl(query, keep_blank_values=True)
    if any(name in params for name, _ in there):
        query = urlencode([(name, value) for name, value in there if name not in params])
    added = urlencode(list(_pairs(params)))
    both = "&".join(filter(None, (query, added)))
    return f"{place}?{both}" if both else place


def body(method: str, data: Any, headers: MutableMapping[str, str]) -> bytes | None:
    """The bytes to send; `Content-Type` joins the headers unless it is among them. A GET has no body."""
    if data is None or method == "GET":
        return None
    kind = next((value for name, value in headers.items() if name.lower() == "content-type"), None)
    if isinstance(data, bytes):
        usual, content = "application/octet-stream", data
    elif isinstance(data, str):
        usual, content = FORM, utf8(data)
    elif isinstance(data, dict) and kind is not None and kind.lower().startswith(FORM):
        usual, content = FORM, urlencode(list(_pairs(data))).encode()
    else:
        usual, content = "application/json", _json(data)
    if kind is None:
        headers["Content-Type"] = usual
    return content


def _json(data: Any) -> bytes:
    """Compact, in UTF-8, with escapes where half a character leaves no other way."""
    try:
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(data, separators=(",", ":")).encode()


def decode(content: bytes, kind: str, charset: str | None = None) -> Any:
    """A body as its `Content-Type` wants it: parsed JSON, text, bytes, or None when there is none.

    What says that it is JSON and is not, as error pages like to do, is text. Numbers keep all their digits.
    """
    if not content:
        return None
    kind = kind.lower()
    if "json" in kind:
        try:
            return from_json(content)
        except ValueError:
            return text(content, charset)
    if kind.startswith(_TEXT) or kind.split(";")[0].strip().endswith("+xml"):
        return text(content, charset)
    if not kind:
        try:
            return content.decode()
        except UnicodeDecodeError:
            return content
    return content


def from_json(content: bytes) -> Any:
    """The value that JSON text stands for. Raises ValueError when it is none."""
    # Three times as fast, for those who have loaded it anyway; it knows only UTF-8, and no half characters.
    parse = getattr(sys.modules.get("pydantic_core"), "from_json", None)
    if parse is not None:
        with contextlib.suppress(ValueError):
            return parse(content)
    try:
        return json.loads(content)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def charset(kind: str) -> str | None:
    """The one that a `Content-Type` names."""
    found = _CHARSET.search(kind)
    return found[1] if found else None


def text(content: bytes, charset: str | None = None) -> str:
    try:
        return content.decode(charset or "utf-8", "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def utf8(text: str) -> bytes:
    """Half characters, which JSON can hold and UTF-8 cannot, become question marks."""
    return text.encode("utf-8", "replace")


def _pairs(params: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Lists become one value with commas, as Nango's client sends them; what is None is left out."""
    for name, value in params.items():
        if isinstance(value, list | tuple):
            yield name, utf8(",".join(map(_word, value)))
        elif value is not None:
            yield name, utf8(_word(value))


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value) if isinstance(value, dict) else str(value)
