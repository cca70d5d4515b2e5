"""Reads local.yaml, which declares the embedded environment's integrations and connections.

    integrations:
        github:
            provider: github               # the integration's name, if left out
            base_url: sample:github        # or an address; without one the provider's definition says it all
            allow_private: true            # optional: requests may go to loopback and private addresses
            headers:                       # optional, sent with every request
                Authorization: Bearer ${apiKey}
            params:                        # optional, the same in the query
                team: ${connectionConfig.team}
            connections:
                demo:
                    api_key: GITHUB_TOKEN  # optional: the environment variable that holds the key
                    config:                # optional, for `${connectionConfig.…}`
                        team: platform
                    metadata:              # optional
                        owner: octo-org

The file is committed, so credentials have no place in it: it only names the variables that hold them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from nango_cli.diagnostics.diagnostic import Diagnostics
from nango_cli.diagnostics.source import Source
from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.environments.declaration import LocalConnection, LocalIntegration, sample_of
from nango_cli.language.reader import kind_of
from nango_cli.language.syntax import Mapping, Node, Scalar, Sequence, parse
from nango_cli.providers import placeholder
from nango_cli.providers.catalog import Catalog, bundled
from nango_cli.redaction import is_secret_name
from nango_cli.sample_api.registry import NAMES

NAME = "local.yaml"

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


def read(source: Source, found: Diagnostics, catalog: Catalog | None = None) -> dict[str, LocalIntegration]:
    """The integrations that a local.yaml declares; every mistake in it is in the bag.

    A mistake is an NG703, or NG709 where nothing says where an integration's requests go.
    """
    node = parse(source, found)
    return _File(found, catalog or bundled()).read(node) if node is not None else {}


class _File:
    def __init__(self, found: Diagnostics, catalog: Catalog) -> None:
        self._found = found
        self._catalog = catalog

    def read(self, node: Node) -> dict[str, LocalIntegration]:
        root = self._mapping(node, "the file", ("integrations",))
        integrations = self._mapping(root.get("integrations"), "`integrations`")
        return {
            name: read
            for name, (key, value) in integrations.entries.items()
            if (read := self._integration(name, key, value)) is not None
        }

    def _integration(self, name: str, key: Scalar, node: Node) -> LocalIntegration | None:
        known = ("provider", "base_url", "allow_private", "headers", "params", "connections")
        fields = self._mapping(node, f"the integration `{name}`", known)
        provider = self._text(fields.get("provider"), "`provider`") or name
        defined = "base_url" not in fields.entries and provider in self._catalog
        if "base_url" not in fields.entries and not defined:
            self._report_unknown(fields.get("provider") or key, name, provider)
        base_url = self._base_url(fields.get("base_url"))
        private = self._flag(fields.get("allow_private"), "`allow_private`")
        headers = dict(self._texts(fields.get("headers"), "`headers`"))
        params = dict(self._texts(fields.get("params"), "`params`"))
        connections = dict(self._connections(fields.get("connections")))
        if base_url is None and not defined:
            return None
        return LocalIntegration(provider, base_url, headers, params, connections, private)

    def _report_unknown(self, node: Node, integration: str, provider: str) -> None:
        message = f"the integration `{integration}` has no `base_url`, and there is no provider `{provider}`"
        help = did_you_mean(provider, self._catalog.names()) or "write its address as `base_url`"
        self._found.add("NG709", message, node.span, help=help)

    def _flag(self, node: Node | None, what: str) -> bool:
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        if node is not None:
            self._report(node, f"{what} must be `true` or `false`, not {kind_of(node)}")
        return False

    def _base_url(self, node: Node | None) -> str | None:
        text = self._text(node, "`base_url`")
        sample = sample_of(text)
        if (
            text is None
            or sample in NAMES
            or (text.startswith(("https://", "http://")) and len(text) > len("https://"))
        ):
            return text
        assert node is not None
        listed = ", ".join(f"`sample:{name}`" for name in NAMES)
        near = did_you_mean(f"sample:{sample}", [f"sample:{name}" for name in NAMES]) if sample else None
        help = near or f"addresses begin with https:// or http://; bundled sample APIs are {listed}"
        self._report(node, f"`{text}` is not an address", help)
        return None

    def _texts(self, node: Node | None, what: str) -> Iterator[tuple[str, str]]:
        """Headers or parameters; what looks like a secret must come from a placeholder."""
        for name, (key, value) in self._mapping(node, what).entries.items():
            if not isinstance(value, Scalar) or value.value is None:
                self._report(value, f"`{name}` in {what} must be text, not {kind_of(value)}")
            elif is_secret_name(name) and not any(placeholder.names(value.text)):
                help = "this file is committed: write `${apiKey}`, and the key's variable as the connection's `api_key`"
                self._report(key, f"`{name}` carries credentials", help)
            else:
                yield name, value.text

    def _connections(self, node: Node | None) -> Iterator[tuple[str, LocalConnection]]:
        for name, (_, value) in self._mapping(node, "`connections`").entries.items():
            fields = self._mapping(value, f"the connection `{name}`", ("api_key", "config", "metadata"))
            metadata = self._mapping(fields.get("metadata"), "`metadata`")
            config = self._mapping(fields.get("config"), "`config`")
            yield name, LocalConnection(plain(metadata), plain(config), self._variable(fields.get("api_key")))

    def _variable(self, node: Node | None) -> str | None:
        text = self._text(node, "`api_key`")
        if text is None or _VARIABLE.match(text):
            return text
        assert node is not None
        help = "this file is committed: name the environment variable that holds the key, such as GITHUB_TOKEN"
        self._report(node, "`api_key` is not the name of an environment variable", help)
        return None

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
