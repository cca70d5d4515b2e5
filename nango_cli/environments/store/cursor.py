"""A place in the order of a collection's changes, as callers see it: opaque text."""

from __future__ import annotations

import base64
import binascii

from nango_cli.environments.store.database import StoreFailure
from nango_cli.environments.store.schema import CHANGE_BITS

_SIZE = 8  # bytes


def cursor_of(change: int) -> str:
    return base64.urlsafe_b64encode(change.to_bytes(_SIZE, "big")).decode("ascii").rstrip("=")


def change_of(cursor: str, collection: int) -> int:
    """The change that a cursor stands for. Raises StoreFailure if it is not one of this collection."""
    try:
        change = int.from_bytes(base64.b64decode(f"{cursor}=", altchars=b"-_", validate=True), "big")
    except (binascii.Error, ValueError):
        change = -1
    if change >> CHANGE_BITS != collection:
        help = "leave the cursor out to begin at the first record; cursors come with each record and each page"
        raise StoreFailure(f"`{cursor}` is not a cursor of these records", help=help)
    return change
