"""What goes wrong in a script.

ActionError        the script says so itself, with a payload for its caller
SdkError           the `nango` object was asked for something it cannot do
└── HttpError      the provider answered with a status outside 200-299
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nango_cli.sdk.requests import Response

_EXCERPT = 300


class ActionError(Exception):
    """A failure with a payload, usually `{"message": ...}`, that whoever called the action receives."""

    def __init__(self, payload: Any = None) -> None:
        super().__init__(payload)
        self.payload = payload

    def __str__(self) -> str:
        if isinstance(self.payload, dict) and isinstance(self.payload.get("message"), str):
            return str(self.payload["message"])
        return "the action failed" if self.payload is None else str(self.payload)


class SdkError(Exception):
    """`help` says what to do about it; `code` is set when the failure has a page in the documentation."""

    def __init__(self, message: str, *, help: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.help = help
        self.code = code


class HttpError(SdkError):
    """The provider's answer, after the retries that the request asked for: `error.response.data` is its body."""

    def __init__(self, method: str, path: str, response: Response) -> None:
        self.method = method
        self.path = path
        self.response = response
        super().__init__(f"{method} {path} answered {response.status}{self._excerpt()}")

    @property
    def status(self) -> int:
        return self.response.status

    def _excerpt(self) -> str:
        data = self.response.data
        if data in (None, "", b"") or isinstance(data, bytes):
            return ""
        if isinstance(data, dict) and isinstance(data.get("message"), str):
            data = data["message"]
        text = " ".join(str(data).split())
        return ": " + (text if len(text) <= _EXCERPT else text[:_EXCERPT] + "...")
