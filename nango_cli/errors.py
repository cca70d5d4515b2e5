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


class NangoError(Exception):
    """An expected failure: `code` names its page under docs/diagnostics, `help` says what to do about it."""

    code = "NG901"
    exit_code = 3

    def __init__(self, message: str, *, code: str | None = None, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        if code is not None:
            self.code = code


class UsageError(NangoError):
    code = "NG801"
    exit_code = 2


class FileError(NangoError):
    code = "NG002"


class RunError(NangoError):
    code = "NG601"


class EnvironmentFailure(NangoError):
    code = "NG701"
