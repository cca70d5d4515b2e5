"""What to say of a connection or an integration that is not there (NG701)."""

from __future__ import annotations

from collections.abc import Collection

from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.errors import EnvironmentFailure

_MOST_SHOWN = 10


def unknown_connection(integration: str, connection_id: str, ids: Collection[str] | None) -> EnvironmentFailure:
    """`ids` are those of the integration's connections, None when nobody could be asked."""
    help = None if ids is None else _candidates(connection_id, ids, f"connections of {integration}")
    return EnvironmentFailure(f"`{integration}` has no connection `{connection_id}`", code="NG701", help=help)


def unknown_integration(integration: str, names: Collection[str] | None, where: str) -> EnvironmentFailure:
    help = None if names is None else _candidates(integration, names, "integrations")
    return EnvironmentFailure(f"{where} has no integration `{integration}`", code="NG701", help=help)


def _candidates(word: str, names: Collection[str], what: str) -> str:
    guess = did_you_mean(word, names)
    shown = ", ".join(f"`{each}`" for each in list(names)[:_MOST_SHOWN]) or "none"
    more = f" and {len(names) - _MOST_SHOWN} more" if len(names) > _MOST_SHOWN else ""
    return " ".join(filter(None, (guess, f"{what}: {shown}{more}")))
