"""The small language of endpoints: `GET /users`, `/users/{User:id}`, or the same in pieces."""

from __future__ import annotations

import re
from typing import get_args

from nango_cli.diagnostics.source import Setting, Span, Spanned
from nango_cli.ir.project import Endpoint, Method
from nango_cli.language.document import EndpointPart
from nango_cli.language.reader import Reader
from nango_cli.language.syntax import Scalar
from nango_cli.language.type_expr import TypeReader

METHODS: tuple[Method, ...] = get_args(Method)
_SYNC_METHODS: tuple[Method, ...] = ("GET",)

_PATH = re.compile(r"/[a-zA-Z0-9:{}./_-]+")
_PLAIN_PATH = re.compile(r"/[a-zA-Z0-9./_-]+")
_TEXT = re.compile(r"(?:(?P<method>\S+) )?(?P<path>.*)", re.DOTALL)
_GROUP = re.compile(r"[a-zA-Z _-]{1,64}")
_URL = re.compile(r"https?://[^/\s]*(/[^\s?#]+)?")
_PARAMETER = re.compile(r"\{([^{}]+)\}")


class EndpointReader:
    """Reads the endpoints of syncs and actions, which differ in their methods and in where a parameter may stand."""

    def __init__(self, reader: Reader, types: TypeReader) -> None:
        self.reader = reader
        self.found = reader.found
        self.types = types

    def sync(self, part: EndpointPart) -> Endpoint | None:
        return self._endpoint(part, _SYNC_METHODS, "a sync's endpoint")

    def action(self, part: EndpointPart) -> Endpoint | None:
        return self._endpoint(part, METHODS, "an action's endpoint")

    def _endpoint(self, part: EndpointPart, methods: tuple[Method, ...], what: str) -> Endpoint | None:
        default: Setting[Method] = Setting("GET" if methods is _SYNC_METHODS else "POST")
        if part.text is not None:
            method, path = self._split(part.text, methods, default, what)
            pattern = _PLAIN_PATH if methods is _SYNC_METHODS else _PATH
        elif part.path is not None:
            method = self._method(part.method.text, part.method.span, methods, what) if part.method else default
            path = Spanned(part.path.text, part.path.span)
            pattern = _PATH
        else:
            return None
        if not pattern.fullmatch(path.value):
            self._bad_path(path, parameters=pattern is _PATH)
            return None
        self._parameter(path, part.path or part.text)
        return Endpoint(method or default, path, self._group(part.group), part.node.span)

    def _split(
        self, text: Scalar, methods: tuple[Method, ...], default: Setting[Method], what: str
    ) -> tuple[Setting[Method] | None, Spanned[str]]:
        match = _TEXT.fullmatch(text.text)
        word = match and match["method"]
        if match is None or not word or (word.startswith("/") and word.upper() not in METHODS):
            return default, Spanned(text.text, text.span)
        method = self._method(word, text.span_of(match.start("method"), match.end("method")), methods, what)
        return method, Spanned(match["path"], text.span_of(*match.span("path")))

    def _method(self, word: str, span: Span, methods: tuple[Method, ...], what: str) -> Setting[Method] | None:
        for method in methods:
            if word == method:
                return Setting(method, span)
        help = self.reader.suggest(word, methods) or "write " + ", ".join(f"`{method}`" for method in methods)
        if word.upper() in METHODS and methods is _SYNC_METHODS and word.upper() != "GET":
            help = "a sync is read with `GET`; an action may use the other methods"
        self.found.add("NG302", f"`{word}` is not a method for {what}", span, help=help)
        return None

    def _bad_path(self, path: Spanned[str], *, parameters: bool) -> None:
        text = path.value
        method, _, rest = text.strip().partition(" ")
        url = _URL.match(text)
        if not text.strip():
            message, help = "the path is empty", "name what it returns, as in `/users`"
        elif method in METHODS and not rest:
            message, help = f"`{text}` has no path", f"add one, as in `{text.strip()} /users`"
        elif method in METHODS:
            message, help = f"the path `{text}` does not start with `/`", f"write `{method}` under the key `method`"
        elif url:
            message = f"the path `{text}` does not start with `/`"
            help = f"write the path alone, without the host: `{url[1] or '/users'}`"
        elif not text.startswith("/"):
            message, help = f"the path `{text}` does not start with `/`", f"write `/{text.strip().lstrip('/')}`"
        elif text == "/":
            message, help = "the path is only `/`", "name what it returns, as in `/users`"
        else:
            allowed = _PATH if parameters else _PLAIN_PATH
            wrong = next((each for each in text[1:] if not allowed.fullmatch("/" + each)), text[-1])
            message = f"the path `{text}` holds {'a backtick' if wrong == '`' else f'`{wrong}`'}"
            help = "use letters, digits, `.`, `_`, `-` and `/`"
            if wrong in "{}:" and not parameters:
                help = "write the endpoint as an object with `method` and `path` to use parameters"
        self.found.add("NG301", message, path.span, help=help)

    def _parameter(self, path: Spanned[str], scalar: Scalar | None) -> None:
        """Report the first parameter of a path unless it names a model, as in `{User}` or `{User:id}`."""
        match = _PARAMETER.search(path.value)
        if match is None or scalar is None:
            return
        name = match[1].partition(":")[0]
        if not self.types.is_model(name):
            start = scalar.text.index(path.value) + match.start(1)
            help = self.reader.suggest(name, self.types.names)
            help = help or "name a model and a field of it, as in `{User:id}`, or shorten the path"
            span = scalar.span_of(start, start + len(name))
            self.found.add("NG308", f"the parameter `{{{match[1]}}}` names no model", span, help=help)

    def _group(self, group: Scalar | None) -> Spanned[str] | None:
        if group is None:
            return None
        if not _GROUP.fullmatch(group.text):
            help = "use 1 to 64 letters, spaces, `_` and `-`"
            self.found.add("NG307", f"`{group.text}` is not a group", group.span, help=help)
        return Spanned(group.text, group.span)
