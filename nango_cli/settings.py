"""Which environment is meant and how to get in: flags > environment variables > `.env` > defaults.

| | flag | variable | default |
| --- | --- | --- | --- |
| environment | `-e` | – | what the project says, else `local` |
| address of the server | – | `NANGO_HOSTPORT` | `https://api.nango.dev` |
| secret key | – | `NANGO_SECRET_KEY_<ENVIRONMENT>`, `NANGO_SECRET_KEY` | – |

`local` is the embedded environment; it needs neither server nor key.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nango_cli.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from nango_cli.environments.remote import RemoteEnvironment

LOCAL = "local"
NANGO_CLOUD = "https://api.nango.dev"
DOTENV = ".env"


@dataclass(frozen=True, slots=True)
class Dotenv:
    """The values of one `.env`; `unread` are the numbers of lines that say nothing, counted from 1."""

    path: str
    values: Mapping[str, str] = field(repr=False)
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """`secret_key` is None for `local` only; `key_name` is the variable that it came from.

    `variables` are those of the process and, under them, of the `.env` files. `warnings` are for the user.
    """

    environment: str
    hostport: str
    variables: Mapping[str, str] = field(repr=False)
    secret_key: str | None = field(default=None, repr=False)
    key_name: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def is_local(self) -> bool:
        return self.environment == LOCAL


def settings(
    environ: Mapping[str, str],
    dotenvs: Sequence[Dotenv] = (),
    *,
    environment: str | None = None,
    configured: str | None = None,
) -> Settings:
    """The settings of one run. Pure.

    `environment` is the flag's, `configured` the project's; the first of the `dotenvs` wins. Raises UsageError NG804
    when the address is none, or when an environment other than `local` has no secret key.
    """
    if environment == "":
        raise UsageError(
            "the environment's name is empty", code="NG804", help=f"name one, or `{LOCAL}`; is a variable unset?"
        )
    name = environment or configured or LOCAL
    variables: dict[str, str] = {}
    for each in reversed(dotenvs):
        variables.update(each.values)
    variables.update(environ)
    unread = [f"{each.path}:{line}: not understood, and ignored" for each in dotenvs for line in each.unread]
    if name == LOCAL:
        return Settings(name, NANGO_CLOUD, variables, warnings=tuple(unread))
    hostport = _hostport(variables.get("NANGO_HOSTPORT", "").strip() or NANGO_CLOUD)
    key_name, secret_key = _secret_key(name, variables)
    return Settings(name, hostport, variables, secret_key, key_name, (*unread, *_insecure(hostport)))


def read_dotenvs(*folders: Path) -> list[Dotenv]:
    """The `.env` of each folder that has one, each file once. What cannot be read counts as absent."""
    places = dict.fromkeys((folder / DOTENV).absolute() for folder in folders)
    return [found for place in places if (found := _read_dotenv(place)) is not None]


def parse_dotenv(path: str, text: str) -> Dotenv:
    """The values that a `.env` spells, without expanding variables in them."""
    from io import StringIO

    from dotenv.parser import parse_stream

    values: dict[str, str] = {}
    unread = []
    for binding in parse_stream(StringIO(text)):
        if binding.error:
            unread.append(binding.original.line)
        elif binding.key is not None and binding.value is not None:
            values[binding.key] = binding.value
    return Dotenv(path, values, tuple(unread))


def open_remote(chosen: Settings, *, is_sync: bool, dry_run: bool = True, timeout: float = 30.0) -> RemoteEnvironment:
    """The environment of the server that the settings name: any but `local`. Asks nothing yet.

    `is_sync` says whether a sync or an on-event script runs; `timeout` is in seconds for each request.
    """
    from nango_cli.environments.remote import RemoteEnvironment

    assert chosen.secret_key is not None, "the local environment has no server"
    return RemoteEnvironment(
        chosen.hostport,
        chosen.secret_key,
        is_sync=is_sync,
        dry_run=dry_run,
        timeout=timeout,
        key_name=chosen.key_name,
    )


def _read_dotenv(path: Path) -> Dotenv | None:
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return None
    return parse_dotenv(str(path), text)


def _hostport(text: str) -> str:
    """The server's address without slashes at its end."""
    try:
        parts = urlsplit(text)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    help = f"NANGO_HOSTPORT is the address of a server, such as `{NANGO_CLOUD}` or `http://localhost:3003`"
    if not valid:
        raise UsageError("NANGO_HOSTPORT is not an http:// or https:// address", code="NG804", help=help)
    if "@" in parts.netloc or parts.query or parts.fragment:
        message = "NANGO_HOSTPORT holds more than an address: a user, a password, a query or a fragment"
        raise UsageError(message, code="NG804", help=help)
    return text.rstrip("/")


def _secret_key(environment: str, variables: Mapping[str, str]) -> tuple[str, str]:
    """The variable that holds the key, and the key."""
    names = list(_key_names(environment))
    for name in names:
        if value := variables.get(name, "").strip():
            return name, value
    message = f"the environment `{environment}` needs a secret key, and none is set"
    wanted = next((name for name in names if name.isidentifier()), names[-1])
    help = f"set {wanted} or NANGO_SECRET_KEY, or write one of them into {DOTENV}; without a server: `-e {LOCAL}`"
    raise UsageError(message, code="NG804", help=help)


def _key_names(environment: str) -> Iterator[str]:
    """The variables to look at, the first one first; shells take no `-` in a name, so `_` will do."""
    upper = environment.upper()
    yield f"NANGO_SECRET_KEY_{upper}"
    if "-" in upper:
        yield f"NANGO_SECRET_KEY_{upper.replace('-', '_')}"
    yield "NANGO_SECRET_KEY"


def _insecure(hostport: str) -> Iterator[str]:
    parts = urlsplit(hostport)
    host = parts.hostname or ""
    if parts.scheme == "http" and not _is_loopback(host):
        yield f"NANGO_HOSTPORT is plain http: everybody on the way to {host} can read the secret key"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
