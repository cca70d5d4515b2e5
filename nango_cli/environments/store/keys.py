"""The keys that credentials are encrypted with: from the variable NANGO_ENCRYPTION_KEY, or from a file.

A key is 32 bytes in base64, as Nango's servers take it. There may be several, separated by commas in the variable and
by lines in the file: the first encrypts, all of them decrypt, and the variable's come before the file's. The file is
made when something is encrypted for the first time without any key; only its user may read it.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
import secrets
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from nango_cli.errors import EnvironmentFailure

VARIABLE = "NANGO_ENCRYPTION_KEY"
KEY_SIZE = 32  # bytes
ID_SIZE = 4  # bytes

_COMMENT = "# decrypts the credentials in the store beside it; keep it secret, and keep a copy\n"


class CredentialFailure(EnvironmentFailure):
    """Credentials cannot be encrypted or decrypted, usually for want of the key."""

    code = "NG708"


class Key(NamedTuple):
    """`id` tells keys apart and says nothing about them."""

    id: bytes
    secret: bytes

    def __repr__(self) -> str:
        return f"Key({self.id.hex()})"


class Keyring:
    """The keys of one store. `path` is the file, None for keys that last as long as this object.

    The file is read every time, because another process may replace its key at any moment.
    """

    def __init__(self, path: Path | None, environ: Mapping[str, str]) -> None:
        self.path = path
        self._variable = environ.get(VARIABLE, "").strip()
        self._own = fresh() if path is None else None

    @property
    def from_variable(self) -> bool:
        return bool(self._variable)

    def keys(self) -> Sequence[Key]:
        """All there are. Raises CredentialFailure if one cannot be read, or if others can read the file."""
        keys = [_parse(text, VARIABLE) for text in self._variable.split(",") if text.strip()] if self._variable else []
        return [*keys, *([self._own] if self._own else self.in_file())]

    def current(self) -> Key:
        """The key that encrypts, which is made if there is none. Call it inside the transaction that stores the result,
        or a rotation in another process may leave it behind."""
        keys = self.keys()
        if not keys:
            self.replace_file([fresh()], only_if_absent=True)
            keys = self.keys()
        return keys[0]

    def in_file(self) -> list[Key]:
        if self.path is None:
            return []
        try:
            mode = self.path.stat().st_mode
            lines = self.path.read_text("ascii", "replace").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            help = "check its permissions and its owner"
            raise CredentialFailure(f"{self.path} cannot be read: {error.strerror}", help=help) from error
        if os.name == "posix" and mode & 0o077:
            message = f"{self.path} is a secret that other users can read or change"
            raise CredentialFailure(message, help=f"run `chmod 600 {self.path}`")
        return [_parse(line, str(self.path)) for line in lines if line.strip() and not line.startswith("#")]

    def replace_file(self, keys: Sequence[Key], *, only_if_absent: bool = False) -> None:
        """Write the file, all of it or nothing. Raises CredentialFailure."""
        assert self.path is not None
        text = _COMMENT + "".join(base64.b64encode(key.secret).decode("ascii") + "\n" for key in keys)
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            if only_if_absent:
                with contextlib.suppress(FileExistsError):
                    os.link(draft, self.path)
            else:
                draft.replace(self.path)
        except OSError as error:
            message = f"{self.path} cannot be written: {error.strerror}"
            raise CredentialFailure(message, help=f"check the folder's permissions, or set {VARIABLE}") from error
        finally:
            draft.unlink(missing_ok=True)


def fresh() -> Key:
    return _key(secrets.token_bytes(KEY_SIZE))


def _key(secret: bytes) -> Key:
    return Key(blake2b(secret, digest_size=ID_SIZE, person=b"nango-key-id").digest(), secret)


def _parse(text: str, place: str) -> Key:
    try:
        secret = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != KEY_SIZE:
        help = f"a key is {KEY_SIZE} bytes in base64, such as `openssl rand -base64 {KEY_SIZE}` prints"
        raise CredentialFailure(f"{place} holds something that is not a key", help=help)
    return _key(secret)
