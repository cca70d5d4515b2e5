"""`nango state`: what syncs remember from run to run."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from nango_cli.cli.app import group
from nango_cli.cli.format import ResultFormat
from nango_cli.cli.json_line import json_line
from nango_cli.cli.options import Directory, EnvironmentName, Result
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session
from nango_cli.cli.stored import ConnectionId, Integration, Place, Variant, kept
from nango_cli.environments.destination import Destination, Task
from nango_cli.environments.store.store import Store
from nango_cli.errors import EnvironmentFailure, UsageError


def show(
    context: typer.Context,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Show what is remembered: last sync dates, checkpoints, and how many records.

    \b
    Example:
      nango state show
    """
    session: Session = context.obj
    with kept(session, directory, environment) as store:
        tasks = [_plain(store, task) for task in store.state.tasks()]
        collections = [each._asdict() for each in store.records.collections()]
    if format is ResultFormat.json:
        data = {"tasks": tasks, "records": collections}
        return write(Report("state show", [], data=data), "json", session.console)
    for each in tasks:
        date, checkpoint = each["last_sync_date"] or "never", each["checkpoint"]
        more = "" if checkpoint is None else f"  checkpoint {json_line(checkpoint)}"
        session.console.out(f"{_name(each)}  last sync {date}{more}")
    for each in collections:
        what = f"{each['model']} of {each['integration']}, {each['connection_id']}"
        session.console.out(f"{what}  {each['size']:,} records")
    return 0


def reset(
    context: typer.Context,
    script: Annotated[str, typer.Argument(metavar="SCRIPT", help="The sync that is to forget.")],
    integration_id: Integration = None,
    connection: ConnectionId = None,
    variant: Variant = "base",
    records: Annotated[bool, typer.Option("--records", help="Its records too: the next run adds them all.")] = False,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Forget a sync's last sync date and checkpoint, so that its next run is its first.

    \b
    Example:
      nango state reset contacts --connection demo
    """
    session: Session = context.obj
    with kept(session, directory, environment) as store:
        task = _task(session, store, script, Place("", integration_id, connection, variant, None, directory), records)
        store.state.set_last_sync_date(task, None)
        store.state.clear_checkpoint(task)
        deleted = store.records.clear(task, _models(session, directory, task)) if records else 0
    if format is ResultFormat.json:
        data = {"script": script, "connection": task.connection_id, "records_deleted": deleted}
        return write(Report("state reset", [], data=data), "json", session.console)
    session.console.say(f"`{script}` starts anew" + (f", {deleted:,} records were deleted" if records else ""))
    return 0


def rotate_key(
    context: typer.Context,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Encrypt the credentials and variables in the store anew, with a new key.

    With a key in NANGO_ENCRYPTION_KEY, put the new one before it, separated by a comma, and run this; then remove the
    old one.

    \b
    Example:
      nango state rotate-key
    """
    session: Session = context.obj
    with kept(session, directory) as store:
        number = store.rotate_key()
    if format is ResultFormat.json:
        return write(Report("state rotate-key", [], data={"encrypted": number}), "json", session.console)
    session.console.say(f"{number} secrets were encrypted anew")
    return 0


def _models(session: Session, directory: Any, task: Task) -> list[str]:
    """The models that a sync saves, by nango.yaml."""
    from nango_cli.cli.stored import project
    from nango_cli.execution.lookup import script_of
    from nango_cli.ir.project import Sync

    found = script_of(project(session, directory).compile().project, task.integration, "sync", task.script)
    return [each.value for each in found.output] if isinstance(found, Sync) else []


def _task(session: Session, store: Store, script: str, place: Place, records: bool) -> Task:
    """The only task that fits; with `records`, also one of which nothing but records is left."""
    known = list(store.state.tasks())
    if records:
        for each in store.records.collections():
            task = Task(each.integration, each.connection_id, script, place.variant)
            names = [Destination(task, model).stored_model for model in _models(session, place.directory, task)]
            known += [task] if task not in known and each.model in names else []
    fitting = [
        each
        for each in known
        if (each.script, each.variant) == (script, place.variant)
        and place.integration in (None, each.integration)
        and place.connection in (None, each.connection_id)
    ]
    if not fitting:
        names = sorted({each.script for each in known})
        listed = ", ".join(f"`{each}`" for each in names) or "nothing"
        raise EnvironmentFailure(f"nothing is remembered of `{script}`", code="NG701", help=f"remembered: {listed}")
    if len(fitting) > 1:
        places = (f"--integration-id {each.integration} --connection {each.connection_id}" for each in fitting)
        options = "; ".join(places)
        raise UsageError(f"`{script}` has run for {len(fitting)} connections", help=f"choose one: {options}")
    return fitting[0]


def _plain(store: Store, task: Task) -> dict[str, Any]:
    date = store.state.last_sync_date(task)
    return {
        "integration": task.integration,
        "connection": task.connection_id,
        "script": task.script,
        "variant": task.variant,
        "last_sync_date": date.isoformat() if date else None,
        "checkpoint": store.state.checkpoint(task),
    }


def _name(task: dict[str, Any]) -> str:
    variant = "" if task["variant"] == "base" else f" ({task['variant']})"
    return f"{task['script']}{variant} of {task['integration']}, {task['connection']}"


HELP = """Show or reset what syncs remember from run to run.

\b
Example:
  nango state show
"""

state = group(HELP, {"show": show, "reset": reset, "rotate-key": rotate_key})
