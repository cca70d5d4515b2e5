"""Landlock, with which a process of Linux gives up the right to most files and to the network, for good.

The numbers are those of `linux/landlock.h`; the system calls have the same numbers on every processor.
"""

from __future__ import annotations

import ctypes
import os
import stat
from pathlib import Path

EXECUTE = 1 << 0
WRITE_FILE = 1 << 1
READ_FILE = 1 << 2
READ_DIR = 1 << 3
TRUNCATE = 1 << 14

READ = EXECUTE | READ_FILE | READ_DIR
_OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
# Every version knows more rights; refusing one that the kernel does not know is an error. What is not refused is
# allowed: the ioctls of devices (version 5), of which none can be opened but for those that we list.
_FIRST = (1 << 13) - 1
_REFER = 1 << 13
_NETWORK = 0b11  # bind and connect
_ABSTRACT_SOCKETS = 1 << 0

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION = 1
_PATH_BENEATH = 1
_NO_NEW_PRIVILEGES = 38


class Unsupported(Exception):
    """This system has no Landlock, or it is switched off."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


class Ruleset:
    """What will be allowed; everything else is refused from `restrict` on. Raises Unsupported."""

    def __init__(self, *, network: bool) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        try:
            version = self._call(_CREATE, None, ctypes.c_size_t(0), _VERSION)
        except OSError as error:
            raise Unsupported from error
        self.everything = _FIRST | (_REFER if version >= 2 else 0) | (TRUNCATE if version >= 3 else 0)
        rules = _Ruleset(
            files=self.everything,
            network=_NETWORK if version >= 4 and not network else 0,
            scoped=_ABSTRACT_SOCKETS if version >= 6 and not network else 0,
        )
        size = 24 if version >= 6 else 16 if version >= 4 else 8
        self._descriptor = self._call(_CREATE, ctypes.byref(rules), ctypes.c_size_t(size), 0)

    def allow(self, path: Path, rights: int) -> None:
        """Allow what is at a path and beneath it; nothing happens if there is nothing."""
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            return
        try:
            if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
                rights &= _OF_FILES
            rule = _Beneath(allowed=rights & self.everything, parent=descriptor)
            self._call(_ADD, self._descriptor, _PATH_BENEATH, ctypes.byref(rule), 0)
        finally:
            os.close(descriptor)

    def restrict(self) -> None:
        """Hold this process, and all that it starts, to what was allowed. There is no way back."""
        if self._libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
            raise Unsupported
        self._call(_RESTRICT, self._descriptor, 0)
        os.close(self._descriptor)

    def _call(self, number: int, *arguments: object) -> int:
        result: int = self._libc.syscall(ctypes.c_long(number), *arguments)
        if result < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        return result
