"""Reads local.yaml, which declares the embedded environment's integrations and connections.

    integrations:
        github:
            provider: github               # the integration's name, if left out
            base_url: sample:github        # or an address
            headers:                       # optional, sent with every request
                Accept: application/json
            connections:
                demo:
                    metadata:              # optional
                        owner: octo-org

The file is committed, so credentials have no place in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from nango_cli.diagnostics.diagnostic import Diagnostics
from nango_cli.diagnostics.source import Source
from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.environments.local import SAMPLE, LocalIntegration
from nango_cli.language.reader import kind_of
from nango_cli.language.syntax import Mapping, Node, Scalar, Sequence, parse

NAME = "local.yaml"

_SECRET_HEADERS = {"authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-auth-token"}


def read(source: Source, found: Diagnostics) -> dict[str, LocalIntegration]:
    """The integrations that a local.yaml declares; every mistake in it is an NG703 in the bag."""
    node = parse(source, found)
    return _File(found).read(node) if node is not None else {}


class _File:
    def __init__(self, found: Diagnostics) -> None:
        self._found = found

    def read(self, node: Node) -> dict[str, LocalIntegration]:
        root = self._mapping(node, "the file", ("integrations",))
        integrations = self._mapping(root.get("integrations"), "`integrations`")
        return {
            name: read
            for name, (key, value) in integrations.entries.items()
            if (read := self._integration(name, key, value)) is not None
        }

    def _integration(self, name: str, key: Scalar, node: Node) -> LocalIntegration | None:
        known = ("provider", "base_url", "headers", "connections")
        fields = self._mapping(node, f"the integration `{name}`", known)
        provider = self._text(fields.get("provider"), "`provider`") or name
        if "base_url" not in fields.entries:
            self._report(key, f"the integration `{name}` has no `base_url`", f"write an address, or `{SAMPLE}`")
        base_url = self._base_url(fields.get("base_url"))
        headers = dict(self._headers(fields.get("headers")))
        connections = dict(self._connections(fields.get("connections")))
        return None if base_url is None else LocalIntegration(provider, base_url, headers, connections)

    def _base_url(self, node: Node | None) -> str | None:
        text = self._text(node, "`base_url`")
        if text is None or text == SAMPLE or (text.startswith(("https://", "http://")) and len(text) > len("https://")):
            return text
        assert node is not None
        help = f"addresses begin with https:// or http://; `{SAMPLE}` is the bundled sample API"
        self._report(node, f"`{text}` is not an address", help)
        return None

    def _headers(self, node: Node | None) -> Iterator[tuple[str, str]]:
        for name, (key, value) in self._mapping(node, "`headers`").entries.items():
            if name.lower() in _SECRET_HEADERS:
                self._report(key, f"`{name}` carries credentials", "this file is committed; keep secrets out of it")
            elif isinstance(value, Scalar) and value.value is not None:
                yield name, value.text
            else:
                self._report(value, f"the header `{name}` must be text, not {kind_of(value)}")

    def _connections(self, node: Node | None) -> Iterator[tuple[str, dict[str, Any]]]:
        for name, (_, value) in self._mapping(node, "`connections`").entries.items():
            connection = self._mapping(value, f"the connection `{name}`", ("metadata",))
            metadata = self._mapping(connection.get("metadata"), "`metadata`")
            yield name, plain(metadata)

    def _mapping(self, node: Node | None, what: str, known: Collection[str] | None = None) -> Mapping:
        """The mapping itself; an empty one where there is nothing, or something else, which is reported."""
        if not isinstance(node, Mapping):
            if node is not None and not (isinstance(node, Scalar) and node.value is None):
                self._report(node, f"{what} must be a mapping, not {kind_of(node)}")
            return Mapping("", 1, 1)
        for name, (key, _) in node.entries.items():
            if known is not None and name not in known:
                help = did_you_mean(name, known) or "known keys: " + ", ".join(f"`{each}`" for each in known)
                self._report(key, f"unknown key `{name}` in {what}", help)
        return node

    def _text(self, node: Node | None, what: str) -> str | None:
        if node is None:
            return None
        if isinstance(node, Scalar) and isinstance(node.value, str) and node.text:
            return node.text
        self._report(node, f"{what} must be text, not {kind_of(node)}")
        return None

    def _report(self, node: Node, message: str, help: str | None = None) -> None:
        self._found.add("NG703", message, node.span, help=help)


def plain(node: Node) -> Any:
    """A tree as the JSON value it stands for."""
    if isinstance(node, Mapping):
        return {name: plain(value) for name, (_, value) in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.value
