"""Questions and answers as they stand on the wire, made from values and turned into them."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from nango_cli.environments.exchange import ProxyResponse
from nango_cli.execution.provider import HttpFailure
from nango_cli.runners.protocol import Answer, Body
from nango_cli.runners.pump import Refused

Answers = dict[str, Callable[[dict[str, Any]], Any]]
"""By the name of the question: its params to its result. Each may raise Refused or a NangoError."""


def refused(message: str, help: str | None = None, *, code: str | None = None) -> Refused:
    return Refused(message, {"kind": "refused", "code": code, "help": help})


def answer(response: ProxyResponse) -> Answer:
    return {"status": response.status, "headers": dict(response.headers), "body": pack(response.data)}


def http_refusal(failure: HttpFailure) -> Refused:
    response = failure.response
    return Refused(
        str(failure),
        {
            "kind": "http",
            "method": failure.method,
            "path": failure.path,
            "status": response.status,
            "headers": dict(response.headers),
            "body": pack(response.data),
        },
    )


def pack(data: Any) -> Body | None:
    if data is None:
        return None
    if isinstance(data, bytes):
        return {"kind": "base64", "value": base64.b64encode(data).decode("ascii")}
    return {"kind": "text" if isinstance(data, str) else "json", "value": data}


def unpack(body: Body | None) -> Any:
    if body is None:
        return None
    return base64.b64decode(body["value"]) if body["kind"] == "base64" else body["value"]
