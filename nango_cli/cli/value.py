"""Values that a command line names instead of spelling out, so that no secret has to stand in a shell's history."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from nango_cli.cli.ask import can_ask
from nango_cli.cli.session import Session
from nango_cli.cli.sheet import may_be_secret
from nango_cli.errors import FileError, UsageError
from nango_cli.redaction import Redactor

FORMS = "VALUE may be -, @file or env:NAME."

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


class Values:
    """Reads what options stand for: `-` standard input, `@file` a file, `env:NAME` a variable, anything else itself.

    `environ` is where variables are looked up. What is read as a secret is hidden by the `redactor` from then on.
    """

    def __init__(self, session: Session, environ: Mapping[str, str], redactor: Redactor) -> None:
        self._session = session
        self._environ = environ
        self._redactor = redactor
        self._read = False

    def text(self, given: str, option: str) -> str:
        """Raises UsageError NG801 for what is empty, FileError NG002 for what cannot be read. Never repeats a value."""
        text = self._text(given, option)
        if not text:
            raise UsageError(f"the value of `{option}` is empty", help="see where it comes from")
        return text

    def secret(self, given: str, option: str) -> str:
        text = self.text(given, option)
        self._redactor.add(text)
        return text

    def ask(self, what: str, option: str, *, required: bool = True, hide: bool = True) -> str | None:
        """A value from somebody at a terminal, who does not see it. Raises UsageError where nobody is."""
        if not can_ask(self._session):
            if not required:
                return None
            help = f"pass it as `{option}`: `-` reads standard input, `@file` a file, `env:NAME` a variable"
            raise UsageError(f"missing {what}", help=help)
        question = what if required else f"{what} (none: press Enter)"
        answer = str(typer.prompt(question, default="", show_default=False, hide_input=hide, err=True)).strip()
        if not answer and required:
            raise UsageError(f"missing {what}", help=f"type it, or pass it as `{option}`")
        if hide:
            self._redactor.add(answer)
        return answer or None

    def pairs(self, given: Sequence[str] | None, option: str, *, secret: bool = False) -> dict[str, str]:
        """The values of an option that is `NAME=VALUE` and may be repeated."""
        found = {}
        for each in given or ():
            name, equals, value = each.partition("=")
            if not name or not equals:
                raise UsageError(f"`{option}` is not NAME=VALUE", help=f"write `{option} name=value`")
            read = self.secret if secret or may_be_secret(name) else self.text
            found[name] = read(value, f"{option} {name}")
        return found

    def json(self, given: str, option: str) -> dict[str, Any]:
        """A JSON object: itself, `@file` or `-`."""
        from nango_cli.execution.value import read_value

        if given == "-":
            self._once(option)
        value = read_value(given, option, self._session.cwd)
        if not isinstance(value, dict):
            raise UsageError(f"`{option}` is not a JSON object", help='write it as \'{"key": "value"}\'')
        return value

    def _text(self, given: str, option: str) -> str:
        if given == "-":
            self._once(option)
            try:
                return _line(sys.stdin.read())
            except (OSError, UnicodeDecodeError, AttributeError):  # it is closed, or not UTF-8
                raise FileError(f"cannot read standard input for `{option}`", help="pipe the value into it") from None
        if given.startswith("@"):
            return _line(_file(self._session.cwd / given[1:], given[1:], option))
        if given.startswith("env:"):
            return self._variable(given.removeprefix("env:"), option)
        return given

    def _once(self, option: str) -> None:
        if self._read:
            raise UsageError("standard input can be read once only", help=f"pass `{option}` as @file or env:NAME")
        self._read = True

    def _variable(self, name: str, option: str) -> str:
        if not _NAME.match(name):
            raise UsageError(f"`{option} env:` names no variable", help="write the variable's name after `env:`")
        if name not in self._environ:
            raise UsageError(f"the environment variable {name} is not set", help="set it, or write it into .env")
        return self._environ[name].strip()


def _file(path: Path, shown: str, option: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "it is not UTF-8").lower()
        raise FileError(f"cannot read {shown}: {reason}", help=f"check the path after `{option} @`") from None


def _line(text: str) -> str:
    """The text without the newline that files and `echo` end in; a key of many lines keeps the others."""
    return text.removesuffix("\n").removesuffix("\r")
