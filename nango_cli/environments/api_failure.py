"""What a server's refusal means, in our words. Pure: an answer in, an exception out.

| code | when |
| --- | --- |
| NG704 | the server refused or failed; the message has its own code and words |
| NG705 | it does not accept the secret key |
| NG706 | the answer is not what a Nango server sends |
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from nango_cli.environments import encoding
from nango_cli.errors import EnvironmentFailure

_TITLE = re.compile(r"<(title|h1)[^>]*>\s*(.*?)\s*</\1>", re.IGNORECASE | re.DOTALL)
_LONGEST = 300  # characters of what a server says

_KEY = {
    "unknown_account": "the server does not know this secret key",
    "invalid_secret_key_format": "the secret key is not one: the server expects a UUID",
    "missing_auth_header": "the server saw no secret key: something on the way took it off the request",
}
KEY_CODES = frozenset(_KEY)


class ServerRefusal(EnvironmentFailure):
    """A server said no. `status` is HTTP's, `reason` the server's own code, `payload` what an action threw."""

    code = "NG704"

    def __init__(self, message: str, *, status: int, reason: str | None, payload: Any, help: str | None) -> None:
        super().__init__(message, help=help)
        self.status = status
        self.reason = reason
        self.payload = payload


class NotNango(EnvironmentFailure):
    """An answer came, and not from a Nango server, or from one of another age. `status` is HTTP's."""

    code = "NG706"

    def __init__(self, message: str, *, status: int, help: str) -> None:
        super().__init__(message, help=help)
        self.status = status


def failure(
    what: str, host: str, status: int, headers: Mapping[str, str], content: bytes, key_name: str
) -> EnvironmentFailure:
    """The exception for an answer that is not in the 200s. `what` is the request, such as `GET /connection/demo`."""
    if 300 <= status <= 399:
        return _redirect(what, host, status, headers.get("location", ""))
    error = error_of(content, headers.get("content-type", ""))
    if error is None:
        return not_nango(what, host, status, headers, content)
    reason = error.get("code") if isinstance(error.get("code"), str) else None
    if status in (401, 403):
        message = _KEY.get(reason or "") or f"the server does not allow {what}: {words(error) or status}"
        return EnvironmentFailure(message, code="NG705", help=_key_help(reason, host, key_name))
    help = None
    if status == 429:
        help = _retry_help(headers.get("retry-after"))
    elif status >= 500:
        help = "try again later; the server's logs say more"
    said = " ".join(filter(None, (f"`{reason}`" if reason else "", words(error))))
    message = f"{host} answered {status} to {what}" + (f": {said}" if said else "")
    return ServerRefusal(message, status=status, reason=reason, payload=error.get("payload"), help=help)


def not_nango(what: str, host: str, status: int, headers: Mapping[str, str], content: bytes) -> EnvironmentFailure:
    """The exception for an answer in which nothing is as Nango's API has it."""
    text = encoding.text(content)
    title = _TITLE.search(text)
    is_page = "html" in headers.get("content-type", "").lower() or text.lstrip()[:9].lower().startswith(
        ("<!doctype", "<html")
    )
    if is_page:
        named = f", entitled “{_short(html.unescape(title[2]))}”" if title else ""
        shown = f"a web page{named}"
    elif not text.strip():
        shown = "nothing"
    else:
        shown = "what is not its API's JSON"
    if status in (429, 502, 503, 504):
        message = f"{host} answered {status} ({HTTPStatus(status).phrase}) to {what}, with {shown}"
        help = _retry_help(headers.get("retry-after"))
        return ServerRefusal(message, status=status, reason=None, payload=None, help=help)
    help = f"is {host} a Nango server? check NANGO_HOSTPORT, and whether a proxy or a sign-in page stands before it"
    message = f"{host} is not answering like a Nango server: {what} got {shown}, status {status}"
    return NotNango(message, status=status, help=help)


def unexpected(what: str, host: str, missing: str) -> EnvironmentFailure:
    """The exception for JSON of another shape."""
    help = f"is {host} a Nango server, and not too old? check NANGO_HOSTPORT"
    message = f"{host} is not answering like a Nango server: its answer to {what} has no `{missing}`"
    return EnvironmentFailure(message, code="NG706", help=help)


def error_of(content: bytes, kind: str) -> Mapping[str, Any] | None:
    """The `error` of an answer's body, None when there is none."""
    try:
        body = encoding.from_json(content) if "html" not in kind else None
    except ValueError:
        return None
    if not isinstance(body, dict):
        return None
    error = body.get("error")
    if isinstance(error, str):
        return {"message": error}
    return error if isinstance(error, dict) else None


def words(error: Mapping[str, Any]) -> str:
    """What a server says, in one line: its message, else what its list of errors names."""
    message = error.get("message")
    if isinstance(message, str) and message:
        return _short(message)
    errors = error.get("errors")
    found = []
    for each in errors if isinstance(errors, list) else ():
        if isinstance(each, dict):
            place = ".".join(map(str, each["path"])) if isinstance(each.get("path"), list) else ""
            found.append(": ".join(filter(None, (place, str(each.get("message") or each.get("code") or "")))))
    return _short("; ".join(found))


def _redirect(what: str, host: str, status: int, location: str) -> EnvironmentFailure:
    """The secret key is never sent along a redirect, so none is followed."""
    target = urlsplit(location)
    place = f"{target.scheme}://{target.netloc.rpartition('@')[2]}" if target.netloc else target.path
    message = f"{host} redirects {what} to {_short(place) or 'nowhere'} (status {status})"
    help = f"set NANGO_HOSTPORT to {place}, if that is the server" if target.scheme and target.netloc else None
    help = help or f"is {host} a Nango server? check NANGO_HOSTPORT, and whether a sign-in page stands before it"
    return EnvironmentFailure(message, code="NG706", help=help)


def _key_help(reason: str | None, host: str, key_name: str) -> str:
    if reason == "missing_auth_header":
        return f"look for a proxy before {host} that removes the Authorization header"
    return f"check {key_name}: each environment of {host} has a key of its own, in its settings"


def _retry_help(after: str | None) -> str:
    if after is None:
        return "try again later"
    return f"try again in {after} seconds" if after.isdecimal() else f"try again after {_short(after)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
