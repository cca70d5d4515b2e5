"""Secrets as they lie in the store: AES-256-GCM, each bound to its place, so that none can be put in another's.

A stored secret is a format byte, the id of its key, a nonce, and the ciphertext with its tag.
"""

from __future__ import annotations

import os
from typing import Any

from nango_cli.environments.store.canonical import decode, encode
from nango_cli.environments.store.keys import ID_SIZE, VARIABLE, CredentialFailure, Key, Keyring
from nango_cli.environments.store.place import Place

_FORMAT = b"\x01"
_NONCE_SIZE = 12  # bytes
_HEAD = len(_FORMAT) + ID_SIZE + _NONCE_SIZE


class Encryption:
    def __init__(self, keyring: Keyring) -> None:
        self.keyring = keyring

    def encrypt(self, value: Any, place: Place) -> bytes:
        """Any JSON value. Call it inside the transaction that stores the result. Raises CredentialFailure."""
        return seal(encode(value), place, self.keyring.current())

    def decrypt(self, secret: bytes, place: Place) -> Any:
        """Raises CredentialFailure if the key is not there, or the secret was tampered with."""
        return decode(self.open(secret, place))

    def open(self, secret: bytes, place: Place) -> bytes:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key_id = secret[len(_FORMAT) : len(_FORMAT) + ID_SIZE]
        keys = self.keyring.keys()
        key = next((key for key in keys if key.id == key_id), None)
        if key is None or secret[: len(_FORMAT)] != _FORMAT:
            raise self._lost(place, any_keys=bool(keys))
        try:
            return AESGCM(key.secret).decrypt(secret[_HEAD - _NONCE_SIZE : _HEAD], secret[_HEAD:], _bound(place))
        except InvalidTag as error:
            message = f"{place.text} cannot be decrypted: they were changed in the store, or damaged"
            raise CredentialFailure(message, help="add them again") from error

    def _lost(self, place: Place, *, any_keys: bool) -> CredentialFailure:
        problem = "were encrypted with another key" if any_keys else "cannot be decrypted: their key is not there"
        where = f"set {VARIABLE} to the key"
        if self.keyring.path is not None:
            where += f", or put it back into {self.keyring.path}"
        return CredentialFailure(f"{place.text} {problem}", help=f"{where}; if it is lost, add them again")


def seal(data: bytes, place: Place, key: Key) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_SIZE)
    return _FORMAT + key.id + nonce + AESGCM(key.secret).encrypt(nonce, data, _bound(place))


def _bound(place: Place) -> bytes:
    return encode([place.table, place.environment, *place.names])
