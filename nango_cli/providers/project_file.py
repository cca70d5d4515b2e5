"""`providers.yaml` beside nango.yaml: a project's own definitions, on top of ours; and the file that a variable names.

`NANGO_PROVIDERS` names one more file, by a path from the project's root, on top of both. With `only:` before the path
nothing else counts, neither ours nor the project's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from nango_cli.diagnostics.diagnostic import Diagnostics
from nango_cli.diagnostics.source import Source

if TYPE_CHECKING:
    from nango_cli.providers.catalog import Catalog

NAME = "providers.yaml"
VARIABLE = "NANGO_PROVIDERS"

_ONLY = "only:"


class Folder(Protocol):
    """As much of a project's folder as is needed here."""

    def stands(self, name: str) -> bool: ...

    def read(self, name: str, found: Diagnostics) -> Source: ...


def check(folder: Folder, found: Diagnostics, sources: dict[str, Source]) -> None:
    """Report what is wrong in a project's own definitions; their text joins the sources."""
    if not folder.stands(NAME):
        return
    from nango_cli.providers.catalog import overlaid  # only a project that has the file pays for it

    unreadable = Diagnostics()
    source = folder.read(NAME, unreadable)
    sources[source.path] = source
    found.extend(unreadable)
    if not unreadable:
        overlaid([source]).check(found)


def catalog(folder: Folder, variables: Mapping[str, str]) -> Catalog:
    """The providers that a project knows. Raises FileError when a file cannot be read.

    A definition that is wrong is an error when it is asked for, and not before.
    """
    from nango_cli.providers.catalog import alone, bundled, overlaid

    named = variables.get(VARIABLE, "").strip()
    if named.startswith(_ONLY):
        return alone(folder.read(named.removeprefix(_ONLY).strip(), Diagnostics()))
    names = [*([named] if named else []), *([NAME] if folder.stands(NAME) else [])]
    return overlaid(folder.read(each, Diagnostics()) for each in names) if names else bundled()
