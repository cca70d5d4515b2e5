"""Where a script's recording and its test lie, from the project's root."""

from __future__ import annotations

SUFFIX = ".test.json"
MOCKS = "mocks"
"""The folder of an integration that holds recordings as Nango used to keep them."""


def place(integration: str, script: str, variant: str) -> str:
    """Where a script's recording lies."""
    return f"{integration}/tests/{script}{'' if variant == 'base' else f'.{variant}'}{SUFFIX}"


def test_module(integration: str, script: str, variant: str) -> str:
    """Where the pytest module lies that tests a script; its name is one that Python can import."""
    parts = [integration, script, *([] if variant == "base" else [variant])]
    return f"{integration}/tests/test_{'_'.join(map(identifier, parts))}.py"


def identifier(name: str) -> str:
    """A name with `_` for whatever cannot stand in a name of Python's; it may begin with a digit."""
    return "".join(each if f"_{each}".isidentifier() else "_" for each in name)
