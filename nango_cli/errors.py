"""What goes wrong in the world, as opposed to in the user's files.

    NangoError                 NG9xx  the root of everything we raise on purpose
    ├── UsageError             NG8xx  the command line asks for something that cannot be
    ├── FileError              NG0xx  a file or folder is missing, unreadable or not writable
    ├── RunError               NG6xx  a script could not be started, or its process ended badly
    └── EnvironmentFailure     NG7xx  the environment or the provider did not do what it was asked

A mistake *in* a user's file is a `Diagnostic`, returned; these are raised, and the command line turns each into one
diagnostic with the same code.
"""

from __future__ import annotations

_NOT_FOUND = ("NG401", "NG612", "NG701", "NG709", "NG802")
_INVALID_DATA = ("NG602", "NG603", "NG604", "NG606")
_BY_RANGE = {"NG0": 3, "NG5": 3, "NG7": 3, "NG8": 2, "NG9": 70}


def exit_status(code: str) -> int:
    """The exit status of a run or command that ends with a failure of this code.

    | status | meaning |
    | --- | --- |
    | 1 | errors found, or the script failed |
    | 2 | bad usage |
    | 3 | the world failed: a file, the network, an environment |
    | 4 | data that does not fit its model: records, an input, an output, metadata |
    | 5 | a script, an integration or a connection that is not there |
    | 70 | a bug of ours |
    """
    if code in _NOT_FOUND:
        return 5
    return 4 if code in _INVALID_DATA else _BY_RANGE.get(code[:3], 1)


class NangoError(Exception):
    """An expected failure: `code` names its page under docs/diagnostics, `help` says what to do about it."""

    code = "NG901"

    def __init__(self, message: str, *, code: str | None = None, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        if code is not None:
            self.code = code

    @property
    def exit_code(self) -> int:
        return exit_status(self.code)


class UsageError(NangoError):
    code = "NG801"


class FileError(NangoError):
    code = "NG002"


class RunError(NangoError):
    code = "NG601"


class EnvironmentFailure(NangoError):
    code = "NG701"
