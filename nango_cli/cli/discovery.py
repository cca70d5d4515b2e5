"""Finding a connection to test with, as Nango's guide for writing scripts does it.

Its script takes the first secret key there is, and prints the connections of an integration that have no
authorization errors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from nango_cli.cli.administering import Where, project
from nango_cli.cli.session import Session
from nango_cli.environments.connection import Connection
from nango_cli.settings import Settings, read_dotenvs
from nango_cli.settings import settings as settings_of

_KEY = "NANGO_SECRET_KEY"


def settings(session: Session, where: Where) -> Settings | None:
    """Those of the server whose key is found, which is said; None without a key, when the usual environment will do."""
    folder = project(session, where)
    dotenvs = read_dotenvs(session.cwd, *([folder.root] if folder else []))
    variables = settings_of(session.environ, dotenvs, environment="local").variables
    found = first_key(variables)
    if found is None:
        return None
    session.console.err(f"Using secret key: {found}")
    chosen = settings_of({**variables, _KEY: variables[found]}, environment=_KEY)  # a name that no key has
    warnings = tuple(f"{each.path}:{line}: not understood, and ignored" for each in dotenvs for line in each.unread)
    return replace(chosen, key_name=found, variables=variables, warnings=(*warnings, *chosen.warnings))


def first_key(variables: Mapping[str, str]) -> str | None:
    """The variable that comes first: those of environments before the plain one, then by alphabet."""
    names = [name for name, value in variables.items() if name.startswith(_KEY) and value.strip()]
    return min(names, key=lambda name: (name == _KEY, _collated(name)), default=None)


def is_valid(connection: Connection) -> bool:
    return all(error.get("type") != "auth" for error in connection.errors)


def lines(found: Sequence[Connection], integration: str | None) -> Iterator[str]:
    """What the guide's script prints."""
    if not found:
        yield "No valid connections found" + (f" for integration: {integration}" if integration else "")
        return
    yield f"Found {len(found)} valid connection(s)" + (f" for integration {integration}:" if integration else ":")
    for each in found:
        yield f"- Connection ID: {each.id}"
        if integration is None:
            yield f"  Integration: {each.integration}"
        yield f"  Provider: {each.provider}"
        yield f"  Created: {each.created_at or 'unknown'}"
        if each.errors:
            yield f"  Non-auth Errors: {len(each.errors)}"
        yield "---"


def _collated(name: str) -> tuple[list[tuple[bool, bool, str]], str]:
    """Sorts as JavaScript's `localeCompare` does: `_` before digits, digits before letters, `a` before `A`."""
    return [(each.isalnum(), each.isalpha(), each.lower()) for each in name], name.swapcase()
