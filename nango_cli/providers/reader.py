"""Reads one definition. Every mistake is an NG710 at its place; what is wrong is left out.

Keys that mean something to a server only, such as those about webhooks, are accepted and not kept. A key that nobody
knows is only a warning, since a newer server may know it.
"""

from __future__ import annotations

import re
from typing import Any, cast

from nango_cli.diagnostics.diagnostic import Diagnostics
from nango_cli.language.syntax import Mapping, Node, Scalar
from nango_cli.providers.provider import (
    AUTH_MODES,
    STRATEGIES,
    ConfigField,
    InBody,
    Provider,
    RetryRule,
    Strategy,
    Verification,
)
from nango_cli.providers.shape import Shape

_TEXTS = (
    "display_name",
    "docs",
    "authorization_method",
    "token_request_auth_method",
    "body_format",
)
_ADDRESSES = ("authorization_url", "refresh_url")
_PARAMS = ("authorization_params", "token_params", "refresh_params")
_LISTS = ("token_response_metadata", "redirect_uri_metadata", "default_scopes")
_FIELDS = ("connection_config", "credentials")
_KEYS = (
    *("alias", "auth_mode", "token_url", "scope_separator", "disable_pkce", "proxy"),
    *(*_TEXTS, *_ADDRESSES, *_PARAMS, *_LISTS, *_FIELDS),
)
_SERVER_KEYS = (
    "additional_steps",
    "alternate_access_token_response_path",
    "assertion",
    "authorization_code_param_in_redirect",
    "authorization_code_param_in_webhook",
    "authorization_url_fragment",
    "authorization_url_replacements",
    "authorization_url_skip_encode",
    "categories",
    "credentials_verification_script",
    "docs_connect",
    "expires_in_unit",
    "installation",
    "post_connection_script",
    "pre_connection_deletion_script",
    "request_url",
    "require_client_certificate",
    "setup_guide_url",
    "signature",
    "signature_method",
    "token",
    "token_expiration_buffer",
    "token_expires_in_ms",
    "token_headers",
    "token_response",
    "webhook_routing_script",
    "webhook_user_defined_secret",
)
_PROXY = ("base_url", "headers", "query", "decompress", "retry", "paginate", "verification")
_PROXY_SERVER_KEYS = ("connection_config",)
_RETRY = ("error_code", "remaining", "at", "after", "in_body")
_VERIFICATION = ("method", "headers", "endpoints", "endpoint")
_VERIFICATION_SERVER_KEYS = ("base_url_override", "base_urls_override", "data", "encoding")
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_PAGINATE: dict[str, type] = {
    "type": str,
    "limit": int,
    "limit_name_in_request": str,
    "response_path": str,
    "in_body": bool,
    "cursor_name_in_request": str,
    "cursor_path_in_response": str,
    "link_rel_in_response_header": str,
    "link_path_in_response_body": str,
    "offset_name_in_request": str,
    "offset_start_value": int,
    "offset_calculation_method": str,
}
_PAGINATE_TYPES = ("cursor", "link", "offset")
_STATUSES = re.compile(r"(?:(?P<hundreds>[1-5])xx|(?P<first>[1-5]\d\d)(?:\s*-\s*(?P<last>[1-5]\d\d))?)\Z")


def read(name: str, key: Scalar, node: Node, found: Diagnostics) -> Provider | None:
    """The provider that a definition, its alias already carried out, describes; None without a usable auth mode."""
    return _Reader(found).provider(name, key, node)


class _Reader(Shape):
    def provider(self, name: str, key: Scalar, node: Node) -> Provider | None:
        fields = self.mapping(node, f"the provider `{name}`", _KEYS, _SERVER_KEYS)
        auth_mode = self.choice(fields.get("auth_mode"), "`auth_mode`", AUTH_MODES)
        if "auth_mode" not in fields.entries:
            help = "write `auth_mode: NONE` if no request carries credentials"
            self.report(key, f"the provider `{name}` has no `auth_mode`", help)
        given: dict[str, Any] = {each: self.text(fields.get(each), f"`{each}`") for each in _TEXTS}
        given |= {each: self.address(fields.get(each), f"`{each}`") for each in _ADDRESSES}
        given |= {each: self.templates(fields.get(each), f"`{each}`") for each in _PARAMS}
        given |= {each: self.texts(fields.get(each), f"`{each}`") for each in _LISTS}
        given |= {each: self._fields(fields.get(each), each) for each in _FIELDS}
        given |= self._proxy(fields.get("proxy"))
        separator = self.text(fields.get("scope_separator"), "`scope_separator`")
        given["scope_separator"] = " " if separator is None else separator
        given["disable_pkce"] = self.flag(fields.get("disable_pkce"), "`disable_pkce`")
        given["token_url"] = self._token_url(fields.get("token_url"), auth_mode)
        return None if auth_mode is None else Provider(name=name, auth_mode=auth_mode, **given)

    def _token_url(self, node: Node | None, auth_mode: str | None) -> str | None:
        """One address, or one for each of several auth modes."""
        if not isinstance(node, Mapping):
            return self.address(node, "`token_url`")
        urls = {mode: self.address(url, "`token_url`") for mode, (_, url) in node.entries.items()}
        return urls.get(auth_mode or "") or urls.get("OAUTH2")

    def _proxy(self, node: Node | None) -> dict[str, Any]:
        proxy = self.mapping(node, "`proxy`", _PROXY, _PROXY_SERVER_KEYS)
        return {
            "base_url": self.address(proxy.get("base_url"), "`base_url`"),
            "headers": self.templates(proxy.get("headers"), "`headers`"),
            "query": self.templates(proxy.get("query"), "`query`"),
            "decompress": self.flag(proxy.get("decompress"), "`decompress`"),
            "retry": self._retry(proxy.get("retry")),
            "paginate": self._paginate(proxy.get("paginate")),
            "verification": self._verification(proxy.get("verification")),
        }

    def _retry(self, node: Node | None) -> RetryRule:
        retry = self.mapping(node, "`retry`", _RETRY)
        remaining = self.text(retry.get("remaining"), "`remaining`")
        statuses = [self._statuses(each) for each in self.items(retry.get("error_code"), "`error_code`")]
        return RetryRule(
            tuple(filter(None, statuses)) if "error_code" in retry.entries else None,
            remaining and remaining.lower(),
            tuple(each.lower() for each in self.texts(retry.get("at"), "`at`")),
            tuple(each.lower() for each in self.texts(retry.get("after"), "`after`")),
            self._in_body(retry.get("in_body")),
        )

    def _statuses(self, node: Scalar) -> range | None:
        match = _STATUSES.match(node.text)
        if match is None:
            help = "write a status such as `429`, a hundred such as `5xx`, or a range such as `500-502`"
            self.report(node, f"`{node.text}` is no status", help)
            return None
        if match["hundreds"]:
            return range(int(match["hundreds"]) * 100, int(match["hundreds"]) * 100 + 100)
        return range(int(match["first"]), int(match["last"] or match["first"]) + 1)

    def _in_body(self, node: Node | None) -> InBody | None:
        if node is None:
            return None
        fields = self.mapping(node, "`in_body`", ("path", "value", "strategy"))
        path = self.text(fields.get("path"), "`path`")
        value = self.pattern(fields.get("value"), "`value`")
        strategy = self.choice(fields.get("strategy"), "`strategy`", STRATEGIES)
        for name in ("path", "value", "strategy"):
            if isinstance(node, Mapping) and name not in fields.entries:
                self.report(node, f"`in_body` has no `{name}`")
        if value is not None and value.groups < 1:
            self.report(fields.entries["value"][1], "`value` has no group", "put what says when into parentheses")
            return None
        if path is None or value is None or strategy is None:
            return None
        return InBody(path, value, cast(Strategy, strategy))

    def _paginate(self, node: Node | None) -> dict[str, Any]:
        fields = self.mapping(node, "`paginate`", _PAGINATE)
        settings: dict[str, Any] = {}
        for name, (_, value) in fields.entries.items():
            kind = _PAGINATE.get(name)
            if name == "type":
                settings[name] = self.choice(value, "`type`", _PAGINATE_TYPES)
            elif kind is str:
                settings[name] = self.text(value, f"`{name}`")
            elif kind is bool:
                settings[name] = self.flag(value, f"`{name}`")
            elif isinstance(value, Scalar) and isinstance(value.value, int) and not isinstance(value.value, bool):
                settings[name] = value.value
            elif kind is not None:
                self.report(value, f"`{name}` must be a number")
        return {name: value for name, value in settings.items() if value is not None and name in _PAGINATE}

    def _verification(self, node: Node | None) -> Verification | None:
        if node is None:
            return None
        fields = self.mapping(node, "`verification`", _VERIFICATION, _VERIFICATION_SERVER_KEYS)
        plural = "endpoints" if "endpoints" in fields.entries else "endpoint"
        endpoints = tuple(self.items(fields.get(plural), f"`{plural}`"))
        for each in endpoints:
            self.template(each, f"`{plural}`")
        if isinstance(node, Mapping) and not endpoints:
            self.report(node, "`verification` has no `endpoints`", "list the paths of requests that need credentials")
        method = self.choice(fields.get("method"), "`method`", _METHODS) or "GET"
        headers = self.templates(fields.get("headers"), "`headers`")
        return Verification(tuple(each.text for each in endpoints), method, headers) if endpoints else None

    def _fields(self, node: Node | None, what: str) -> dict[str, ConfigField]:
        """The values that a connection brings; what a form shows of them is not kept."""
        read = {}
        for name, (_, value) in self.mapping(node, f"`{what}`").entries.items():
            field = self.mapping(value, f"`{name}` in `{what}`")
            read[name] = ConfigField(
                self.text(field.get("type"), "`type`") or "string",
                self.pattern(field.get("pattern"), "`pattern`", "warning"),
                self.text(field.get("example"), "`example`"),
                self.flag(field.get("automated"), "`automated`"),
            )
        return read
