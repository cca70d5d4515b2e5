"""The providers that are known by name: those that travel with the package, and a project's own on top of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from nango_cli.diagnostics.diagnostic import Diagnostics, has_errors
from nango_cli.diagnostics.source import Source
from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.errors import EnvironmentFailure
from nango_cli.language.syntax import Mapping, Node, Scalar
from nango_cli.providers.file import CODE, ProvidersFile
from nango_cli.providers.provider import Provider
from nango_cli.providers.reader import read

UNKNOWN = "NG709"

_DEFINITIONS = os.path.join(os.path.dirname(__file__), "definitions")  # noqa: PTH118, PTH120 - pathlib loads slowly


class Catalog:
    """Definitions by name, each read when it is asked for. Of several files the first that has a name decides."""

    def __init__(self, files: Sequence[ProvidersFile]) -> None:
        self._files = tuple(files)
        self._read: dict[str, Provider] = {}

    def __contains__(self, name: str) -> bool:
        return any(name in file for file in self._files)

    def names(self) -> list[str]:
        return sorted({name for file in self._files for name in file.names})

    def find(self, name: str) -> Provider | None:
        """The provider, None when no file defines it. Raises EnvironmentFailure NG710 when its definition is wrong."""
        provider = self._read.get(name)
        if provider is None and name in self:
            found = Diagnostics()
            provider = self._provider(name, 0, found)
            wrong = next((each for each in found if each.severity == "error"), None)
            if provider is None or wrong is not None:
                message = f"{wrong.span}: {wrong.message}" if wrong else f"the definition of `{name}` cannot be read"
                raise EnvironmentFailure(message, code=CODE, help=wrong.help if wrong else None)
            self._read[name] = provider
        return provider

    def get(self, name: str) -> Provider:
        """As `find`. Raises EnvironmentFailure NG709 when no file defines it."""
        provider = self.find(name)
        if provider is None:
            help = did_you_mean(name, self.names()) or "define it in a providers.yaml beside nango.yaml"
            raise EnvironmentFailure(f"there is no provider `{name}`", code=UNKNOWN, help=help)
        return provider

    def check(self, found: Diagnostics) -> None:
        """Read everything that the first file defines, and report what is wrong in it."""
        for name, (key, node) in list(self._files[0].all(found).items()):
            whole = self._resolved(name, key, node, 0, found, ())
            if whole is not None:
                read(name, key, whole, found)

    def _provider(self, name: str, first: int, found: Diagnostics) -> Provider | None:
        entry = self._entry(name, first, found)
        if entry is None:
            return None
        place, key, node = entry
        whole = self._resolved(name, key, node, place, found, ())
        return None if whole is None or has_errors(found) else read(name, key, whole, found)

    def _entry(self, name: str, first: int, found: Diagnostics) -> tuple[int, Scalar, Node] | None:
        for place in range(first, len(self._files)):
            if entry := self._files[place].entry(name, found):
                return (place, *entry)
        return None

    def _resolved(
        self, name: str, key: Scalar, node: Node, place: int, found: Diagnostics, seen: tuple[tuple[int, str], ...]
    ) -> Node | None:
        """A definition on top of the one that its `alias` names: what it says itself replaces whole keys.

        One that names itself means the definition of the next file, so that a project can change one of ours.
        """
        alias = node.get("alias") if isinstance(node, Mapping) else None
        if alias is None or not isinstance(node, Mapping):
            return node
        if not isinstance(alias, Scalar) or not isinstance(alias.value, str):
            found.add(CODE, "`alias` must be the name of a provider", alias.span)
            return None
        target = self._entry(alias.text, place + (alias.text == name), found)
        if target is None:
            help = did_you_mean(alias.text, self.names()) or "it must be defined in this file, or be one of ours"
            found.add(CODE, f"there is no provider `{alias.text}`", alias.span, help=help)
            return None
        if target[0] == place and (place, alias.text) in seen:
            found.add(CODE, f"`{name}` is an alias of itself, by way of `{alias.text}`", alias.span)
            return None
        behind = self._resolved(alias.text, target[1], target[2], target[0], found, (*seen, (place, name)))
        if not isinstance(behind, Mapping):
            return behind
        whole = Mapping(node.path, node.line, node.column)
        own = {each: entry for each, entry in node.entries.items() if each != "alias"}
        whole.entries = {**behind.entries, **own}
        return whole


@cache
def bundled() -> Catalog:
    """The definitions that travel with the package."""
    return Catalog(list(_bundled_files()))


def overlaid(sources: Iterable[Source]) -> Catalog:
    """Ours, and on top of them the definitions of these texts, the first on top of all."""
    return Catalog([*(ProvidersFile(each) for each in sources), *bundled()._files])


def alone(source: Source) -> Catalog:
    """The definitions of one text instead of ours."""
    return Catalog([ProvidersFile(source)])


def _bundled_files() -> Iterator[ProvidersFile]:
    for name in sorted(os.listdir(_DEFINITIONS)):  # noqa: PTH208 - as above
        if name.endswith(".yaml"):
            with open(os.path.join(_DEFINITIONS, name), encoding="utf-8") as file:  # noqa: PTH118, PTH123 - as above
                yield ProvidersFile(Source(name, file.read()))
