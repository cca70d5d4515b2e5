"""The small language of types: `string`, `User[]`, `(a | b)[]`, `'quoted' | 12`, with a span for every part.

union   = postfix { "|" postfix }
postfix = primary { "[]" }
primary = "(" union ")" | quoted text | word
word    = a built-in type, a number, true, false, null, a model, or else text that stands for itself
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cached_property
from math import isfinite

from nango_cli.diagnostics.suggest import Candidates
from nango_cli.ir.types import Array, Literal, Primitive, PrimitiveName, Ref, Type, Union
from nango_cli.language.reader import Reader
from nango_cli.language.syntax import Scalar

PRIMITIVES: dict[str, PrimitiveName] = {
    "string": "string",
    "char": "string",
    "varchar": "string",
    "number": "number",
    "float": "number",
    "integer": "integer",
    "int": "integer",
    "bigint": "bigint",
    "boolean": "boolean",
    "bool": "boolean",
    "date": "date",
    "object": "object",
    "any": "any",
    "array": "array",
    "undefined": "undefined",
    "void": "void",
    "never": "never",
    "null": "null",
}

# Words of other languages that nobody means as a constant, and what to write for them.
_FOREIGN = {
    "str": "string",
    "datetime": "date",
    "timestamp": "date",
    "double": "number",
    "decimal": "number",
    "long": "integer",
    "dict": "object",
    "uuid": "string",
}
_GENERICS = frozenset(
    re.findall(
        r"\w+",
        "Object Array Function Date RegExp Map Set WeakMap WeakSet Promise Symbol Error Record Partial Readonly Pick "
        "Omit Awaited Required Exclude Extract Uppercase Lowercase",
    )
)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_HIDING = re.compile(r"['\"(]")
_PASCAL_CASE = re.compile(r"[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)*")

_MAX_MEMBERS = 100_000
_MAX_DIMENSIONS = 16
_MAX_NESTING = 16


class TypeReader:
    """Reads type expressions of one project; whatever is wrong becomes `any`, so that reading goes on."""

    def __init__(self, reader: Reader, models: Collection[str]) -> None:
        self.reader = reader
        self.found = reader.found
        self.models = models
        self.members = 0

    def read(self, scalar: Scalar) -> Type:
        """The type that a string stands for; a suspicious word is reported."""
        text = scalar.text
        if name := PRIMITIVES.get(text):
            return Primitive(name, scalar.span)
        if text in self.models and text.lower() not in PRIMITIVES:
            return Ref(text, scalar.span)
        type_ = self._union(scalar, 0, len(text), 0)
        if not (isinstance(type_, Array) and isinstance(type_.item, Ref | Primitive)):
            self._suspect(type_)
        return type_

    @cached_property
    def names(self) -> Candidates:
        """The names of the models, for whoever looks for the one that was meant."""
        return Candidates(self.models)

    def is_model(self, word: str) -> bool:
        return word in self.models

    def is_primitive(self, word: str) -> bool:
        return word.lower() in PRIMITIVES

    def _union(self, scalar: Scalar, start: int, end: int, depth: int) -> Type:
        before, self.members = self.members, self.members + scalar.text.count("|", start, end) + 1
        if self.members > _MAX_MEMBERS:
            if before <= _MAX_MEMBERS:
                self.found.add("NG006", "the file's types have too many parts", scalar.span, help="use `string`")
            return Primitive("any", scalar.span)
        if self.members == before + 1:
            return self._postfix(scalar, start, end, depth, alone=True)
        pieces = list(_members(scalar.text, start, end))
        members: list[Type] = []
        for first, last in pieces:
            member = self._postfix(scalar, first, last, depth, alone=len(pieces) == 1)
            members.extend(member.members if isinstance(member, Union) else [member])
        if len(members) == 1:
            return members[0]
        return Union(tuple(members), scalar.span_of(start, end))

    def _postfix(self, scalar: Scalar, start: int, end: int, depth: int, *, alone: bool) -> Type:
        text = scalar.text
        start, end = _trim(text, start, end)
        if start == end:
            what = "the type is empty" if alone else "a `|` has nothing beside it"
            return self._invalid(what, scalar, start, end, "name a type, such as `string`")
        dimensions, inner = 0, end
        while text.endswith("[]", start, inner):
            dimensions += 1
            _, inner = _trim(text, start, inner - 2)
        if dimensions > _MAX_DIMENSIONS:
            return self._invalid(f"an array of more than {_MAX_DIMENSIONS} dimensions", scalar, start, end, None)
        if inner <= start:
            help = "name what the array holds, as in `string[]`, or write `array` for anything"
            return self._invalid("`[]` has no type before it", scalar, start, end, help)
        type_ = self._primary(scalar, start, inner, depth)
        for _ in range(dimensions):
            type_ = Array(type_, scalar.span_of(start, end))
        return type_

    def _primary(self, scalar: Scalar, start: int, end: int, depth: int) -> Type:
        text = scalar.text
        match text[start]:
            case "(":
                if text[end - 1] == ")" and _closing(text, start, end) == end - 1:
                    if depth == _MAX_NESTING:
                        return self._invalid("parentheses nested too deeply", scalar, start, end, None)
                    return self._union(scalar, start + 1, end - 1, depth + 1)
                if _closing(text, start, end) is None:
                    help = "add the missing parenthesis"
                    return self._invalid("a parenthesis is not closed", scalar, start, end, help)
            case "'" | '"' as quote:
                if end - start > 1 and text[end - 1] == quote and quote not in text[start + 1 : end - 1]:
                    return Literal(text[start + 1 : end - 1], scalar.span_of(start, end), quoted=True)
                return self._invalid("a quote is not closed", scalar, start, end, "close it, or remove it")
        return self._word(scalar, start, end)

    def _word(self, scalar: Scalar, start: int, end: int) -> Type:
        word = scalar.text[start:end]
        span = scalar.span_of(start, end)
        if name := PRIMITIVES.get(word.lower()):
            return Primitive(name, span)
        if word.lower() in ("true", "false"):
            return Literal(word.lower() == "true", span)
        if _NUMBER.fullmatch(word):
            number = number_of(word)
            return Literal(word if number is None else number, span)
        generic, bracket, inside = word.partition("<")
        if bracket and generic in _GENERICS:
            whole = word.endswith(">")  # a `|` inside the brackets has already cut it in two
            help = _generic_help(generic, inside.removesuffix(">").strip() if whole else "a | b")
            shown = word if whole else f"{generic}<...>"
            self.found.add("NG207", f"generic types such as `{shown}` are not supported", span, help=help)
            return Primitive("any", span)
        return Ref(word, span) if word in self.models else Literal(word, span)

    def _invalid(self, message: str, scalar: Scalar, start: int, end: int, help: str | None) -> Type:
        span = scalar.span_of(start, end)
        self.found.add("NG206", message, span, help=help)
        return Primitive("any", span)

    def _suspect(self, type_: Type) -> None:
        """Report words that became text but look like the name of a model or a type.

        Two words side by side in a union are the members of an enum, whatever their case, unless one of them is a slip
        of a model's name.
        """
        members = type_.members if isinstance(type_, Union) else (type_,)
        words: list[Literal] = []
        for member in members:
            while isinstance(member, Array):
                member = member.item
            if isinstance(member, Union):
                self._suspect(member)
            elif isinstance(member, Literal) and isinstance(member.value, str) and not member.quoted:
                words.append(member)
        for word in words:
            help = self._suspicion(str(word.value), alone=len(words) == 1)
            if help is not None:
                message = f"`{word.value}` names no model and is read as the text '{word.value}'"
                self.found.add("NG202", message, word.span, help=help)

    def _suspicion(self, word: str, *, alone: bool) -> str | None:
        """The help for a word that is probably not meant as text, else None."""
        if "<" in word and alone:
            return "generic types are not supported"
        if _PASCAL_CASE.fullmatch(word):
            near = self.reader.suggest(word, self.names)
            quoted = f"declare a model `{word}`, or quote it inside the value, \"'{word}'\", if you mean the text"
            return near or (quoted if alone else None)
        if alone and word.isascii() and word.isalnum():
            if word.lower() in _FOREIGN:
                return f"did you mean `{_FOREIGN[word.lower()]}`?"
            return self.reader.suggest(word, PRIMITIVES) if len(word) > 4 else None
        return None


def number_of(word: str) -> int | float | None:
    """The number that a word spells in JSON, if it is one that can be kept exactly enough."""
    try:
        number = float(word) if any(each in word for each in ".eE") else int(word)
    except ValueError:  # more digits than Python converts
        return None
    if not isfinite(number):
        return None
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _members(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places between the `|` of the outermost level; quotes and parentheses hide theirs."""
    if not _HIDING.search(text, start, end):
        while (bar := text.find("|", start, end)) >= 0:
            yield start, bar
            start = bar + 1
        yield start, end
        return
    depth = 0
    quote = ""
    first = start
    at_start = True
    for place in range(start, end):
        char = text[place]
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"" and at_start and text.find(char, place + 1, end) > 0:
            quote = char
        elif char == "(" and at_start:
            depth += 1
            continue
        elif char == ")" and depth:
            depth -= 1
        elif char == "|":
            at_start = True
            if not depth:
                yield first, place
                first = place + 1
            continue
        if not char.isspace():
            at_start = False
    yield first, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _closing(text: str, start: int, end: int) -> int | None:
    """The place of the parenthesis that closes the one at `start`."""
    depth = 0
    quote = ""
    for place in range(start, end):
        char = text[place]
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"" and text[place - 1] in "(|' \t":
            quote = char
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                return place
    return None


def _generic_help(generic: str, inside: str) -> str | None:
    match generic:
        case "Array" | "Set":
            return f"write `{inside}[]`" if re.fullmatch(r"\w+", inside) else f"write `({inside})[]`"
        case "Record" | "Map":
            value = inside.partition(",")[2].strip() or "any"
            return f"write a mapping with the one key `__string: {value}`, or `object`"
        case "Promise" | "Awaited" | "Readonly" | "Required":
            return f"write `{inside}`"
        case "Partial":
            return "mark the optional fields with `?`"
    return None
