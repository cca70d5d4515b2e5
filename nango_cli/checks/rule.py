"""What a rule is: a module that looks at a project that compiles and says what could be better.

The module's docstring is the first sentence of its page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from nango_cli.diagnostics.codes import CODES
from nango_cli.diagnostics.diagnostic import Diagnostic, Label
from nango_cli.diagnostics.source import Span
from nango_cli.ir.graph import inner
from nango_cli.ir.project import Action, Endpoint, Integration, Project, Sync
from nango_cli.ir.types import Field, Object, Type


class Rule(Protocol):
    CODE: str

    def check(self, project: Project) -> Iterator[Diagnostic]:
        """What the rule has to say, in any order; the same thing at the same place counts once."""
        ...


def problem(code: str, message: str, span: Span, *, help: str, labels: Iterable[Label] = ()) -> Diagnostic:
    """A diagnostic with the severity of its code."""
    return Diagnostic(code, CODES[code].severity, message, span, help, tuple(labels))


def syncs(project: Project) -> Iterator[Sync]:
    for integration in project.integrations:
        yield from integration.syncs


def endpoints(integration: Integration) -> Iterator[Endpoint]:
    for script in integration.runnables:
        yield from endpoints_of(script)


def endpoints_of(script: Sync | Action) -> tuple[Endpoint, ...]:
    """The endpoints of a script; those of the oldest grammar have none."""
    if isinstance(script, Sync):
        return script.endpoints
    return (script.endpoint,) if script.endpoint else ()


def fields(type_: Type) -> Iterator[Field]:
    """Every field inside a type."""
    for each in inner(type_):
        if isinstance(each, Object):
            yield from each.fields
