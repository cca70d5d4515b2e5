"""`nango runs`: dry runs that were remembered."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from nango_cli.cli.app import group
from nango_cli.cli.format import ResultFormat
from nango_cli.cli.json_line import json_line
from nango_cli.cli.options import Directory, EnvironmentName, Result
from nango_cli.cli.report import Report, write
from nango_cli.cli.run_report import changes, counted
from nango_cli.cli.session import Session
from nango_cli.cli.stored import kept
from nango_cli.environments.store.runs import Run
from nango_cli.environments.store.store import Store
from nango_cli.errors import EnvironmentFailure

Number = Annotated[int, typer.Argument(metavar="RUN", help="The number of a run.")]


def list_runs(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many at most.")] = 20,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """List runs, the newest first.

    \b
    Example:
      nango runs list --limit 5
    """
    session: Session = context.obj
    with kept(session, directory, environment) as store:
        found = store.runs.latest(limit=limit)
    if format is ResultFormat.json:
        return write(Report("runs list", [], data={"runs": [_plain(each) for each in found]}), "json", session.console)
    for each in found:
        session.console.out(_line(each))
    return 0


def show(
    context: typer.Context,
    run: Number,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Show a run: its requests, what it did to records, and how it ended.

    \b
    Example:
      nango runs show 3
    """
    session: Session = context.obj
    with kept(session, directory, environment) as store:
        found = _run(store, run)
        requests = [asdict(each) for each in store.runs.requests(run)]
        changed = [
            {"model": each.model, "id": each.id, "action": each.action, "record": each.record}
            for each in store.runs.changes(run)
            if each.action != "UNCHANGED"
        ]
    data = {**_plain(found), "requests": requests, "changes": changed}
    if format is ResultFormat.json:
        return write(Report("runs show", [], data=data), "json", session.console)
    out = session.console.out
    out(_line(found))
    for asked in requests:
        answer, ms = asked["status"] or "no answer", asked["duration"] * 1000
        out(f"  {asked['method']:<5} {asked['url']}  {answer}  {ms:.0f} ms")
    for each in changed:
        record = f"  {json_line(each['record'])}" if each["record"] is not None else ""
        out(f"  {each['action']:<7} {each['model']} {each['id']}{record}")
    if found.outcome and found.outcome.get("failure"):
        out(f"  {found.outcome['failure']}")
    return 0


def diff(
    context: typer.Context,
    before: Annotated[str, typer.Argument(metavar="A", help="The number of a run, or a recording.")],
    after: Annotated[str, typer.Argument(metavar="B", help="Another one, of the same kind.")],
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Compare what two runs did to records: by model and id, with the fields that differ.

    A and B are numbers of runs that were remembered, or recordings of runs: files such as
    github/tests/issues.test.json, of Nango's too, or folders such as github/mocks/issues. Recordings are compared
    without a project, with their outputs and checkpoints.

    The exit status is 1 if they differ. A terminal gets the first differences, a pipe all of them.

    \b
    Example:
      nango runs diff 3 4
      nango runs diff old.test.json github/tests/issues.test.json
    """
    from nango_cli.cli import run_difference
    from nango_cli.recordings.comparison import lines

    session: Session = context.obj
    if run_difference.are_recordings(before, after):
        found = run_difference.of_recordings(session.cwd, before, after)
    else:
        with kept(session, directory, environment) as store:
            runs = [_run(store, int(each)).id for each in (before, after)]
            found = run_difference.of_runs(store.runs, *runs)
    if format is ResultFormat.json:
        data = {"differences": [each._asdict() for each in found]}
        return write(Report("runs diff", [], data=data, exit_code=int(bool(found))), "json", session.console)
    for line in lines(found) if session.console.stdout.isatty() else lines(found, most=None):
        session.console.out(line)
    session.console.say(counted(len(found), "difference") if found else "no differences")
    return int(bool(found))


def _run(store: Store, number: int) -> Run:
    found = store.runs.get(number) if abs(number) < 1 << 63 else None  # as far as SQLite counts
    if found is None:
        raise EnvironmentFailure(f"there is no run {number}", code="NG701", help="`nango runs list` lists them")
    return found


def _plain(run: Run) -> dict[str, Any]:
    return {
        **asdict(run),
        "started": run.started.isoformat(),
        "finished": run.finished.isoformat() if run.finished else None,
    }


def _line(run: Run) -> str:
    counts = (run.outcome or {}).get("counts") or {}
    order = ("added", "updated", "deleted", "unchanged")
    told = "; ".join(f"{model}: {changes({name: each[name] for name in order})}" for model, each in counts.items())
    variant = "" if run.task.variant == "base" else f" ({run.task.variant})"
    what = f"{run.kind} {run.task.script}{variant} of {run.task.integration}, {run.task.connection_id}"
    return f"{run.id:>4}  {run.started:%Y-%m-%d %H:%M:%S}  {run.status:<9}  {what}" + (f"  {told}" if told else "")


HELP = """Look at the dry runs that were remembered, and compare them.

\b
Example:
  nango runs diff 3 4
"""

runs = group(HELP, {"list": list_runs, "show": show, "diff": diff})
