"""`nango.toml` beside nango.yaml: what a project wants `nango check` to report and how seriously, and how it runs.

strict = true
types = true # also when `nango check` is in a hurry
select = ["NG2", "NG3"]
ignore = ["verbose-endpoint"]

[severity]
missing-description = "error"
NG222 = "off"

[dryrun]
environment = "dev"
sandbox = false
timeout = 600 # seconds
memory = 2000 # megabytes
state = true # remember from run to run
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol, get_args

from nango_cli.checks.registry import RULES
from nango_cli.diagnostics.codes import CODES, SCRIPT_RULES, code_of
from nango_cli.diagnostics.diagnostic import Diagnostic, Diagnostics, Severity, select
from nango_cli.diagnostics.source import Source, Span
from nango_cli.diagnostics.suggest import did_you_mean

NAME = "nango.toml"

Level = Literal[Severity, "off"]
_LEVELS: tuple[Level, ...] = (*get_args(Severity), "off")
_KEYS = ("strict", "types", "select", "ignore", "severity", "dryrun")
_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class DryRunSettings:
    """How scripts run unless the command line says otherwise: `timeout` in seconds, `memory` in megabytes."""

    environment: str | None = None
    sandbox: bool = True
    timeout: float | None = None
    memory: int | None = None
    state: bool = False


LEAST_MEMORY, MOST_MEMORY = 32, 2**62 // 1_000_000  # megabytes: what Python needs, what the system can count to

_DRY_RUN: Mapping[str, tuple[type[Any] | tuple[type[Any], ...], str]] = {
    "environment": (str, 'a name, such as "dev"'),
    "sandbox": (bool, "true or false"),
    "timeout": ((int, float), "a number of seconds"),
    "memory": (int, f"a number of megabytes, from {LEAST_MEMORY} to {MOST_MEMORY}"),
    "state": (bool, "true or false"),
}


@dataclass(frozen=True, slots=True)
class Configuration:
    """`select` and `ignore` hold codes or beginnings of codes, `severity` whole ones."""

    strict: bool = False
    types: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Level] = field(default_factory=dict)
    dryrun: DryRunSettings = field(default_factory=DryRunSettings)

    def overridden(
        self, *, strict: bool | None, types: bool | None, only: Iterable[str], ignore: Iterable[str]
    ) -> Configuration:
        """With what the command line says: codes that it selects are reported even where the file hides them."""
        strict = self.strict if strict is None else strict
        types = self.types if types is None else types
        changed = replace(self, strict=strict, types=types, ignore=(*self.ignore, *ignore))
        if not (wanted := tuple(only)):
            return changed
        levels = {code: level for code, level in self.severity.items() if level != "off"}
        return replace(changed, select=wanted, ignore=tuple(ignore), severity=levels)

    def apply(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics that are wanted, each as serious as it is meant to be."""
        left = []
        for each in select(found, only=self.select, ignore=self.ignore):
            level = self.severity.get(each.code, each.severity)
            if level != "off":
                left.append(each._replace(severity="error" if self.strict and level == "warning" else level))
        return left

    def wants(self, code: str) -> bool:
        """Whether a diagnostic of a code would be reported."""
        return bool(self.apply([Diagnostic(code, CODES[code].severity, "")]))


class Folder(Protocol):
    """As much of a project's folder as is needed here."""

    def stands(self, name: str) -> bool: ...

    def read(self, name: str, found: Diagnostics) -> Source: ...


def load(folder: Folder, found: Diagnostics, sources: dict[str, Source]) -> Configuration:
    """What a project's nango.toml says, if there is one; its text joins the sources."""
    if not folder.stands(NAME):
        return Configuration()
    source = folder.read(NAME, found)
    sources[source.path] = source
    return Configuration() if found else read(source, found)


def read(source: Source, found: Diagnostics) -> Configuration:
    """The configuration that a file spells; whatever is wrong in it is reported and left out."""
    import tomllib  # only a project that has the file pays for it

    try:
        values = tomllib.loads(source.text)
    except RecursionError:
        found.add("NG011", "the file is nested too deeply", source.span_at(0))
    except ValueError as error:
        found.add("NG011", *_syntax_error(str(error), source))
    else:
        return _Reader(source, found).configuration(values)
    return Configuration()


class _Reader:
    def __init__(self, source: Source, found: Diagnostics) -> None:
        self.source = source
        self.found = found

    def configuration(self, values: Mapping[str, Any]) -> Configuration:
        for key in values:
            if key not in _KEYS:
                help = did_you_mean(key, _KEYS) or "known keys: " + ", ".join(f"`{each}`" for each in _KEYS)
                self.add(f"unknown key `{key}`", self.place(key), help)
        return Configuration(
            strict=self.switch("strict", values),
            types=self.switch("types", values),
            select=self.codes("select", values.get("select", [])),
            ignore=self.codes("ignore", values.get("ignore", [])),
            severity=self.levels(values.get("severity", {})),
            dryrun=self.dryrun(values.get("dryrun", {})),
        )

    def switch(self, key: str, values: Mapping[str, Any]) -> bool:
        value = values.get(key, False)
        if not isinstance(value, bool):
            self.add(f"`{key}` must be `true` or `false`", self.place(key), f"write `{key} = true`")
        return value is True

    def dryrun(self, table: object) -> DryRunSettings:
        if not isinstance(table, dict):
            self.add(
                "`dryrun` must be a table", self.place("dryrun"), "write `[dryrun]`, and below it `sandbox = false`"
            )
            return DryRunSettings()
        good = {}
        for key, value in table.items():
            place = self.place("dryrun", key)
            if key not in _DRY_RUN:
                help = did_you_mean(key, _DRY_RUN) or "known keys: " + ", ".join(f"`{each}`" for each in _DRY_RUN)
                self.add(f"unknown key `{key}` in `dryrun`", place, help)
                continue
            kind, expected = _DRY_RUN[key]
            wrong_bool = isinstance(value, bool) and kind is not bool
            wrong_memory = key == "memory" and isinstance(value, int) and not LEAST_MEMORY <= value <= MOST_MEMORY
            wrong_number = not isinstance(value, bool | str) and isinstance(value, kind) and value <= 0
            if not isinstance(value, kind) or wrong_bool or wrong_memory or wrong_number:
                self.add(f"`{key}` must be {expected}", place, f"write `{key} = ...` with {expected}")
            else:
                good[key] = value
        return DryRunSettings(**good)

    def codes(self, key: str, words: object) -> tuple[str, ...]:
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            self.add(f"`{key}` must be a list of codes", self.place(key), f'write `{key} = ["NG322"]`')
            return ()
        codes = [(word, code_of(word)) for word in words]
        for word, code in codes:
            if code is None:
                self.unknown(word, self.place(key, word))
        return tuple(code for _, code in codes if code)

    def levels(self, table: object) -> dict[str, Level]:
        levels: dict[str, Level] = {}
        if not isinstance(table, dict):
            help = 'write `[severity]`, and below it a line such as `unused-model = "off"`'
            self.add("`severity` must be a table", self.place("severity"), help)
            return levels
        for word, value in table.items():
            code = code_of(word)
            level = next((each for each in _LEVELS if each == value), None)
            if code not in CODES:
                self.unknown(word, self.place("severity", word))
            elif level is None:
                help = did_you_mean(str(value), _LEVELS) or "write " + ", ".join(f'`"{each}"`' for each in _LEVELS)
                self.add(f"`{value}` is not a severity", self.place("severity", word, str(value)), help)
            elif CODES[code].severity == "error" and code not in RULES.keys() | SCRIPT_RULES:
                help = "a project with this error cannot be used; `ignore` hides it, and nothing more"
                self.add(f"the severity of {code} cannot be changed", self.place("severity", word), help)
            else:
                levels[code] = level
        return levels

    def unknown(self, word: str, span: Span) -> None:
        names = [*CODES, *(code.name for code in CODES.values())]
        help = did_you_mean(word, names) or "`nango explain` lists the codes"
        self.add(f"no diagnostic has the code `{word}`", span, help)

    def add(self, message: str, span: Span, help: str) -> None:
        self.found.add("NG011", message, span, help=help)

    def place(self, *words: str) -> Span:
        """The place of the last word, each looked for after the one before: a TOML parser keeps no places.

        A word that is spelled with escapes is not found, and the place is that of the word before.
        """
        text = self.source.text
        start = end = 0
        for word in filter(None, words):
            for match in re.compile(rf"(?<![\w.-]){re.escape(word)}(?![\w-])").finditer(text, end):
                if "#" not in text[text.rfind("\n", 0, match.start()) + 1 : match.start()]:  # not in a comment
                    start, end = match.span()
                    break
        return self.source.span_at(start, max(1, end - start))


def _syntax_error(message: str, source: Source) -> tuple[str, Span]:
    match = _PLACE.search(message)
    what = message[: match.start()] if match else message
    last = len(source.lines), len(source.lines[-1]) + 1
    line, column = (int(match["line"]), int(match["column"])) if match and match["line"] else last
    return f"invalid TOML: {what[:1].lower()}{what[1:]}", Span(source.path, line, column, line, column + 1)
