"""What a script imports: the `nango` object it is given, how to ask for requests, and the errors it can meet.

Generated `models.py` files re-export all of it, so scripts import everything from `models`.
"""

from __future__ import annotations

from nango_cli.sdk.connection import Connection
from nango_cli.sdk.errors import ActionError, HttpError, SdkError
from nango_cli.sdk.nango import NangoAction, NangoSync
from nango_cli.sdk.requests import (
    CursorPagination,
    LinkPagination,
    OffsetPagination,
    OnPage,
    ProxyConfiguration,
    Response,
)

__all__ = [
    "ActionError",
    "Connection",
    "CursorPagination",
    "HttpError",
    "LinkPagination",
    "NangoAction",
    "NangoSync",
    "OffsetPagination",
    "OnPage",
    "ProxyConfiguration",
    "Response",
    "SdkError",
]
