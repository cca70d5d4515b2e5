"""Requests: to the provider with its credentials, or to anywhere without."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nango_cli.sdk.context import Part
from nango_cli.sdk.errors import SdkError
from nango_cli.sdk.plain import pack_body, plain, unpack_body
from nango_cli.sdk.requests import Method, OnPage, ProxyConfiguration, Response, configuration, pagination

Request = ProxyConfiguration | Mapping[str, Any]


class Proxy(Part):
    """A request is a ProxyConfiguration, or a dict of its fields."""

    def proxy(self, config: Request) -> Response:
        """Send a request to the provider; GET unless it says otherwise. Raises HttpError outside 200-299."""
        return _response(self._channel.call("proxy", _request(configuration(config))))

    def get(self, config: Request) -> Response:
        """`proxy` with GET, whatever the request says."""
        return self._send("GET", config)

    def post(self, config: Request) -> Response:
        """`proxy` with POST; `data` is its body."""
        return self._send("POST", config)

    def put(self, config: Request) -> Response:
        """`proxy` with PUT; `data` is its body."""
        return self._send("PUT", config)

    def patch(self, config: Request) -> Response:
        """`proxy` with PATCH; `data` is its body."""
        return self._send("PATCH", config)

    def delete(self, config: Request) -> Response:
        """`proxy` with DELETE."""
        return self._send("DELETE", config)

    def paginate(self, config: Request) -> Iterator[list[Any]]:
        """Yield the items of one page after the other, by the provider's way of paging or by `paginate`.

        The next page is asked for when the script has dealt with this one. Raises HttpError as `proxy` does.
        """
        request = configuration(config)
        settings = pagination(request.paginate)
        on_page = settings.pop("on_page", None)
        params = {**_request(request), "paginate": settings, "with_response": on_page is not None}
        pages = self._channel.call("paginate.open", params)["pages"]
        while page := self._channel.call("paginate.next", {"pages": pages}):
            yield page["items"]
            if on_page is not None:
                on_page(OnPage(page["next"], _response(page["response"])))

    def uncontrolled_fetch(
        self,
        url: str,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: Any = None,
    ) -> Response:
        """Send a request to any address, without credentials, retries or paging; any status is an answer.

        `body` is text, bytes, or what becomes JSON.
        """
        params = {"url": url, "method": method, "headers": plain(headers or {}, "headers"), "body": pack_body(body)}
        return _response(self._channel.call("fetch", params))

    def _send(self, method: Method, config: Request) -> Response:
        return self.proxy(dataclasses.replace(configuration(config), method=method))


def _response(answer: dict[str, Any]) -> Response:
    return Response(unpack_body(answer["body"]), answer["status"], answer["headers"])


def _request(config: ProxyConfiguration) -> dict[str, Any]:
    if isinstance(config.retry_on, str) or not isinstance(config.retry_on, Iterable):
        raise SdkError(f"`retry_on` is a list of statuses, not {config.retry_on!r}")
    return {
        "method": config.method or "GET",
        "endpoint": config.endpoint,
        "params": plain(config.params, "params"),
        "headers": plain(config.headers, "headers"),
        "body": pack_body(config.data),
        "retries": config.retries,
        "retry_on": list(config.retry_on),
        "base_url_override": config.base_url_override,
        "decompress": config.decompress,
    }
