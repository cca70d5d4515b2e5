"""`nango test`."""

from __future__ import annotations

from typing import Annotated

import typer

from nango_cli.cli import complete
from nango_cli.cli.format import ResultFormat
from nango_cli.cli.options import Directory, IntegrationId, Result


def run_tests(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SCRIPT]...",
            help="Scripts, as `script` or `integration/script`; all if left out.",
            autocompletion=complete.scripts,
        ),
    ] = None,
    integration_id: IntegrationId = None,
    update: Annotated[
        bool, typer.Option("--update", help="Take over what comes of replays as what is expected of the next.")
    ] = False,
    workers: Annotated[
        str | None, typer.Option("-n", "--workers", metavar="N", help="Run in so many processes, or `auto`.")
    ] = None,
    keyword: Annotated[
        str | None, typer.Option("-k", metavar="EXPRESSION", help="Run tests with such names only, as pytest's -k.")
    ] = None,
    fail_fast: Annotated[bool, typer.Option("-x", "--fail-fast", help="Stop at the first test that fails.")] = False,
    timeout: Annotated[
        float | None,
        typer.Option(
            "--timeout",
            metavar="SECONDS",
            min=0.001,
            help="End a replay after so long; else that of nango.toml, or 120.",
        ),
    ] = None,
    to_pytest: Annotated[list[str] | None, typer.Option("--to-pytest", hidden=True)] = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Replay the recordings of scripts and run their tests, with pytest.

    A recording passes when the same comes of its replay as of the recorded run. The tests that are run are the
    recordings and the test modules in the folders <integration>/tests. What follows `--` goes to pytest as it is.

    \b
    Example:
      nango test
      nango test pull-requests --update
      nango test -n auto --format json -- -m "not slow"
    """
    from nango_cli.cli.suite_run import Wanted, run

    wanted = Wanted(
        names=tuple(names or ()),
        integration=integration_id,
        update=update,
        workers=workers,
        keyword=keyword,
        fail_fast=fail_fast,
        timeout=timeout,
        to_pytest=tuple(to_pytest or ()),
        directory=directory,
        format=format,
    )
    return run(context.obj, wanted)
