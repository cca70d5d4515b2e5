"""The `nango` command. `--version` and `--help` answer before anything large is imported."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line that started this process, and exit with its status."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a terminal or pipe that cannot show a character gets its escape, not a crash
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # always a TextIOWrapper here
    arguments = sys.argv[1:]
    if "_NANGO_COMPLETE" in os.environ:
        from nango_cli.cli.app import complete

        complete()
    if arguments in (["--version"], ["-v"]):
        from nango_cli import __version__

        _answer(f"nango-cli {__version__}\n")
        return
    if arguments in (["--help"], ["-h"]):
        from nango_cli.resources import read_text

        _answer(read_text("help.txt"))
        return
    import gc

    gc.disable()  # a command allocates a tree, writes its answer and ends; collecting costs a third of its time

    from nango_cli.cli.plain import answer
    from nango_cli.cli.session import Session

    session = Session.of_process()
    status = answer(arguments, session)
    if status is None:
        from nango_cli.cli.app import run

        sys.exit(run(arguments, session))
    _leave(status)


def _leave(status: int) -> None:
    """End the process at once: taking a large project's tree apart, node by node, costs a tenth of the whole time.

    Only for commands that leave nothing to others at the end, such as threads or `atexit`.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:  # nobody there to read any more
            status = status or 3
    os._exit(status)


def _answer(text: str) -> None:
    try:
        if sys.stdout is not None:
            sys.stdout.write(text)
            sys.stdout.flush()
    except OSError:  # a full disk, or nobody there to read
        os._exit(3)


if __name__ == "__main__":
    main()
