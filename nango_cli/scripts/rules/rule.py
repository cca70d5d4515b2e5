"""What a rule for scripts is: a module that looks at a file that Python can read and says what could be better.

The module's docstring is the first sentence of its page. A rule that cannot be sure stays silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from nango_cli.checks.rule import problem
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.script_tree import ScriptTree

__all__ = ["Rule", "problem"]


class Rule(Protocol):
    CODE: str

    def check(self, script: ScriptTree) -> Iterator[Diagnostic]:
        """What the rule has to say, in any order; it asks for the kinds of files that it is about."""
        ...
