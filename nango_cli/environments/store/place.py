"""Where a secret lies in a store, in words and as what its ciphertext is bound to."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """`names` are the columns of its key after the environment, `text` says it in a message."""

    table: str
    environment: int
    names: tuple[str, ...]
    text: str


def integration(environment: int, name: str) -> Place:
    return Place("integrations", environment, (name,), f"the credentials of the integration `{name}`")


def connection(environment: int, integration: str, id: str) -> Place:
    text = f"the credentials of the connection `{id}` of `{integration}`"
    return Place("connections", environment, (integration, id), text)


def variable(environment: int, name: str) -> Place:
    return Place("variables", environment, (name,), f"the contents of the variable `{name}`")
