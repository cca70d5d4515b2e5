"""Output in which the secrets of an environment are hidden, whatever is printed."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO, cast

from nango_cli.cli.console import Console
from nango_cli.errors import NangoError
from nango_cli.redaction import Redactor

if TYPE_CHECKING:
    from nango_cli.environments.store.store import Store


class _Masked:
    """A stream for `print` that hides what its redactor knows."""

    def __init__(self, stream: TextIO, redactor: Redactor) -> None:
        self._stream = stream
        self._redactor = redactor

    def write(self, text: str) -> int:
        return self._stream.write(self._redactor.text(text))

    def flush(self) -> None:
        self._stream.flush()

    def isatty(self) -> bool:
        return self._stream.isatty()


def masked(console: Console, store: Store, environ: Mapping[str, str], names: list[str]) -> Console:
    """The console without the credentials in a store, nor the values of these environment variables."""
    redactor = Redactor(environ[name] for name in names if environ.get(name))
    with contextlib.suppress(NangoError):  # what cannot be decrypted cannot be shown either
        for each in store.connections.all():
            redactor.add_credentials(store.connections.credentials(each.integration, each.id))
        for variable in store.variables.all():
            redactor.add(variable["value"])
        for integration in store.integrations.all():
            redactor.add_credentials(store.integrations.credentials(integration.name))
    stdout = cast("TextIO", _Masked(console.stdout, redactor))
    return console._replace(stdout=stdout)
