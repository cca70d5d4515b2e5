"""What happens when we are wrong: a log file that is ready to be sent as a report, without the user's secrets."""

from __future__ import annotations

import platform
import tempfile
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from nango_cli import __version__
from nango_cli.cli.commands import ALIASES, COMMANDS


def report_bug(error: Exception, arguments: list[str], environ: Mapping[str, str]) -> tuple[str, str]:
    """Write the report and return a message and the help that says where it is.

    Values of options and arguments stay out of it: they may be tokens. So does the exception's text but for its type.
    """
    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    words = [word for word in arguments[:1] if word in {*COMMANDS, *ALIASES}]
    # A short option may carry its value with nothing between: `-i{"token": ...}`.
    words += [word.partition("=")[0] if word.startswith("--") else word[:2] for word in arguments if word[:1] == "-"]
    text = (
        f"nango-cli {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"at {datetime.now(UTC).isoformat(timespec='seconds')}\n"
        f"command: {' '.join(words)}\n\n"
        f"{type(error).__name__}\n{frames}"
    )
    message = f"this is a bug in nango-cli ({type(error).__name__})"
    for folder in (_state_folder(environ), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"nango-bug-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.log"
            path.write_text(text, encoding="utf-8")
        except OSError:
            continue
        return message, f"please report it with this file, which holds no values of yours: {path}"
    return message, "please report it; no place was found to write a log to"


def _state_folder(environ: Mapping[str, str]) -> Path:
    base = environ.get("XDG_STATE_HOME") or str(Path(environ.get("HOME", "~")) / ".local" / "state")
    return Path(base) / "nango-cli"
