"""`nango records`: what syncs have saved."""

from __future__ import annotations

import csv
import io
import json
from enum import StrEnum
from itertools import islice
from typing import Annotated, Any

import typer

from nango_cli.cli.app import group
from nango_cli.cli.format import ResultFormat
from nango_cli.cli.json_line import json_line
from nango_cli.cli.options import Directory, EnvironmentName, Result
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session
from nango_cli.cli.stored import ConnectionId, Integration, Model, Place, Variant, every, found
from nango_cli.errors import EnvironmentFailure

Deleted = Annotated[bool, typer.Option("--deleted", help="Deleted records too.")]


class ExportFormat(StrEnum):
    json = "json"
    ndjson = "ndjson"
    csv = "csv"


def list_records(
    context: typer.Context,
    model: Model,
    integration_id: Integration = None,
    connection: ConnectionId = None,
    variant: Variant = "base",
    environment: EnvironmentName = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many at most.")] = 20,
    deleted: Deleted = False,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """List records, in the order in which they were last changed.

    \b
    Example:
      nango records list Contact --limit 5
    """
    session: Session = context.obj
    place = Place(model, integration_id, connection, variant, environment, directory)
    with found(session, place) as (records, destination):
        shown = list(islice(every(records, destination, deleted=deleted), limit))
    return _show(session, "records list", shown, format)


def count(
    context: typer.Context,
    model: Model,
    integration_id: Integration = None,
    connection: ConnectionId = None,
    variant: Variant = "base",
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Count records.

    \b
    Example:
      nango records count Contact
    """
    session: Session = context.obj
    with found(session, Place(model, integration_id, connection, variant, environment, directory)) as place:
        number = sum(1 for _ in every(*place))
    if format is ResultFormat.json:
        return write(Report("records count", [], data={"model": model, "count": number}), "json", session.console)
    session.console.out(str(number))
    return 0


def get(
    context: typer.Context,
    model: Model,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="The ids of the records.")],
    integration_id: Integration = None,
    connection: ConnectionId = None,
    variant: Variant = "base",
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Show records by their ids.

    \b
    Example:
      nango records get Contact 17 18
    """
    session: Session = context.obj
    with found(session, Place(model, integration_id, connection, variant, environment, directory)) as place:
        records, destination = place
        there = {id: each for start in range(0, len(ids), 100) for id, each in _some(records, destination, ids[start:])}
    missing = [id for id in ids if id not in there]
    if missing:
        listed = ", ".join(f"`{id}`" for id in missing)
        raise EnvironmentFailure(f"there is no {model} record with the id {listed}", code="NG701")
    return _show(session, "records get", [there[id] for id in ids], format)


def export(
    context: typer.Context,
    model: Model,
    integration_id: Integration = None,
    connection: ConnectionId = None,
    variant: Variant = "base",
    environment: EnvironmentName = None,
    metadata: Annotated[
        bool, typer.Option("--metadata", help="With what is kept about each: `_nango_metadata`.")
    ] = False,
    directory: Directory = None,
    format: Annotated[ExportFormat, typer.Option("--format", help="Write the records as this.")] = ExportFormat.ndjson,
) -> int:
    """Write all records to standard output.

    \b
    Example:
      nango records export Contact --format csv > contacts.csv
    """
    session: Session = context.obj
    with found(session, Place(model, integration_id, connection, variant, environment, directory)) as place:
        records = (each if metadata else _bare(each) for each in every(*place))
        if format is ExportFormat.ndjson:
            for each in records:
                session.console.out(json_line(each))
        elif format is ExportFormat.json:
            session.console.out(json.dumps(list(records), ensure_ascii=False, indent=2))
        else:
            session.console.out(_csv(list(records)))
    return 0


def _some(records: Any, destination: Any, ids: list[str]) -> list[tuple[str, Any]]:
    return list(records.get(destination, ids[:100]).items())


def _show(session: Session, command: str, records: list[Any], format: ResultFormat) -> int:
    if format is ResultFormat.json:
        return write(Report(command, [], data={"records": records}), "json", session.console)
    for each in records:
        session.console.out(json_line(_bare(each)))
    return 0


def _bare(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "_nango_metadata"}


def _csv(records: list[dict[str, Any]]) -> str:
    """A column for each field that any record has; what is no text, number or boolean is JSON."""
    columns = list(dict.fromkeys(name for each in records for name in each))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    for each in records:
        writer.writerow(
            {name: json_line(value) if isinstance(value, dict | list) else value for name, value in each.items()}
        )
    return text.getvalue().rstrip("\n")


HELP = """Look at the records that dry runs with --state kept, or a server.

\b
Example:
  nango records list Contact
"""

records = group(HELP, {"list": list_records, "count": count, "get": get, "export": export})
