"""The commands that are run all day, called without options or with `-C` alone: answered without a parser.

So are simple command lines of `dryrun`.

Loading Typer takes longer than checking a project does. Whatever else stands on the command line is for `app.py`.
"""

from __future__ import annotations

from pathlib import Path

from nango_cli.cli.boundary import guard
from nango_cli.cli.session import Session


def answer(arguments: list[str], session: Session) -> int | None:
    """Run a plain command line and return its exit status; None for one that is not plain."""
    match arguments:
        case ["dryrun", *rest]:
            return _dryrun(rest, arguments, session)
        case [name]:
            directory = None
        case [name, "-C", folder] if not folder.startswith("-"):
            directory = Path(folder)
        case _:
            return None
    match name:
        case "check":
            from nango_cli.cli.review import Review, review

            return guard(lambda: review(session, Review(directory)), arguments, session)
        case "generate":
            from nango_cli.cli.generation import Generation, generation

            return guard(lambda: generation(session, Generation(directory)), arguments, session)
    return None


def _dryrun(rest: list[str], arguments: list[str], session: Session) -> int | None:
    from nango_cli.cli.plain_dryrun import read

    how = read(rest)
    if how is None:
        return None

    def run() -> int:
        from nango_cli.cli.rehearsal import rehearse

        return rehearse(session, how)

    return guard(run, arguments, session)
