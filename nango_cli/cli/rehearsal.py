"""Running a script without keeping anything: what `nango dryrun` does once its command line is read."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nango_cli.cli.format import RunFormat
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session
from nango_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from nango_cli.build import Build
    from nango_cli.cli.run_values import Given
    from nango_cli.cli.run_view import View
    from nango_cli.cli.tape import Tape
    from nango_cli.configuration import DryRunSettings
    from nango_cli.environments.destination import Checkpoint
    from nango_cli.environments.dry_run import Write
    from nango_cli.environments.environment import State
    from nango_cli.environments.store.store import Store
    from nango_cli.execution.invocation import Conditions, Invocation, ScriptClock
    from nango_cli.ir.project import Script
    from nango_cli.redaction import Redactor
    from nango_cli.runners.guest import Guest
    from nango_cli.workspace import Workspace


class Rehearsal(NamedTuple):
    """The options of `nango dryrun`; values are as typed. `memory` is in megabytes, `timeout` in seconds."""

    name: str | None = None
    connection: str | None = None
    environment: str | None = None
    integration: str | None = None
    variant: str = "base"
    input: str | None = None
    metadata: str | None = None
    checkpoint: str | None = None
    webhook: str | None = None
    last_sync_date: str | None = None
    resume: bool | None = None
    state: bool | None = None
    as_of: str | None = None
    validate: bool = False
    read_only: bool = False
    limit_pages: int | None = None
    limit_records: int | None = None
    timeout: float | None = None
    memory: int | None = None
    sandbox: bool | None = None
    diagnostics: bool = False
    debug_http: bool = False
    interactive: bool = True
    save: bool = False
    hide: tuple[str, ...] = ()
    replay: str | None = None
    format: RunFormat = RunFormat.text
    directory: Path | None = None


def rehearse(session: Session, how: Rehearsal) -> int:
    """Compile the project, run the script, show it, and return the exit status."""
    from nango_cli.runners import python
    from nango_cli.runners.guest import started

    # It starts, and loads what scripts need, while the project is compiled and its connection looked up.
    with started(python.waiting(os.environ), output_to_stderr=how.format is not RunFormat.text) as guest:
        return _rehearse(session, how, guest)


def _rehearse(session: Session, how: Rehearsal, guest: Guest) -> int:
    from nango_cli import workspace
    from nango_cli.build import build
    from nango_cli.cli import run_values
    from nango_cli.cli.project_store import open_store
    from nango_cli.cli.remembering import Remembering
    from nango_cli.cli.stage import chosen_connection, staged
    from nango_cli.environments.dry_run import DryRun
    from nango_cli.environments.store.store import Store
    from nango_cli.execution.invocation import Invocation
    from nango_cli.execution.run import run
    from nango_cli.redaction import Redactor

    folder = workspace.find(session.start(how.directory), session.cwd)
    built = build(folder)
    project = built.compilation.project
    if stopped := _stopped(built, None):
        return write(stopped, how.format.value, session.console)
    with contextlib.ExitStack() as opened:
        wanted = built.configuration.dryrun
        stage = staged(session, how, folder, built, opened)
        if isinstance(stage, Report):
            return write(stage, how.format.value, session.console)
        place, environment, integration, script, how, tape, replayed = stage
        if stopped := _stopped(built, script):
            return write(stopped, how.format.value, session.console)
        given = run_values.read(how, script, session.cwd)
        connection = how.connection or chosen_connection(session, how, place, integration.name.value, environment)
        redactor = Redactor()
        view = _view(session, how, folder, redactor)
        invocation = Invocation(
            root=folder.root,
            project=project,
            integration=integration.name.value,
            script=script,
            connection_id=connection,
            input=given.webhook if how.webhook is not None else given.input,
            variant=how.variant,
            webhook=how.webhook is not None,
            last_sync_date=given.last_sync_date,
        )
        taped = how.save or tape is not None
        with_state = (wanted.state if how.state is None else how.state) and not taped
        if given.as_of is not None and not with_state:
            raise UsageError("`--as-of` is for runs that are remembered", help="add `--state`")
        began = tape.began if tape else datetime.now(UTC).replace(microsecond=0)
        kept_in = partial(open_store, folder.root, place) if with_state else partial(Store.open, None)
        store = opened.enter_context(Store.open(None, lambda: began) if taped else kept_in())
        resume = with_state if how.resume is None else how.resume
        kept = None if not resume else store.state if with_state else environment
        remembering = Remembering(store, invocation, redactor, given.as_of) if with_state else None
        invocation = _with_state(invocation, given, kept, store)
        keeper = remembering.keeper if remembering else store
        if how.save:
            from nango_cli.cli.tape import Saving, start_of

            start = start_of(invocation, how, place, began, given.metadata, store.state.checkpoint(invocation.task))
            tape = Saving(environment, invocation, how, start, folder, redactor)
            environment = tape.environment
        view.start(run_values.heading(place, invocation, replayed))
        try:
            outcome = run(
                invocation,
                DryRun(environment, keeper, tell=_tell(view, tape), metadata=given.metadata, remembers=with_state),
                listen=view.hear,
                conditions=_conditions(how, wanted, place, with_state, tape.script_clock if tape else None),
                redactor=redactor,
                clock=tape.clock if tape else None,
                guest=guest,
            )
        except BaseException as error:
            if remembering:
                remembering.failed(error)
            raise
        number = remembering.finish(outcome) if remembering else None
        came_of_it = tape.finish(outcome, store.state.checkpoint(invocation.task)) if tape else None
    return view.finish(outcome, number, came_of_it)


def _tell(view: View, tape: Tape | None) -> Callable[[Write], None]:
    def tell(write: Write) -> None:
        view.wrote(write)
        if tape is not None:
            tape.wrote(write)

    return tell


def _stopped(built: Build, script: Script | None) -> Report | None:
    """Why nothing is run: errors in nango.yaml, or in the script's own file. What else is wrong is for `compile`."""
    found = built.obstacles(script)
    return Report("dryrun", found, built.sources) if found else None


def _with_state(invocation: Invocation, given: Given, kept: State | None, store: Store) -> Invocation:
    """The invocation with what was kept of earlier runs, if that is wanted; what the command line says wins."""
    task = invocation.task
    checkpoint: Checkpoint | None = given.checkpoint
    date = invocation.last_sync_date
    if kept is not None:
        checkpoint = kept.checkpoint(task) if checkpoint is None else checkpoint
        date = kept.last_sync_date(task) if date is None else date
    if checkpoint is not None:
        store.state.save_checkpoint(task, checkpoint)
    elif kept is None:
        store.state.clear_checkpoint(task)
    return replace(invocation, last_sync_date=date)


def _conditions(
    how: Rehearsal, wanted: DryRunSettings, environment: str, with_state: bool, clock: ScriptClock | None
) -> Conditions:
    from nango_cli.execution.invocation import Conditions
    from nango_cli.execution.limits import Limits

    memory = how.memory if how.memory is not None else wanted.memory
    return Conditions(
        limits=Limits(
            seconds=how.timeout if how.timeout is not None else wanted.timeout,
            memory=None if memory is None else memory * 1_000_000,
            pages=how.limit_pages,
            records=how.limit_records,
        ),
        strict=how.validate or how.save,
        read_only=how.read_only,
        confined=wanted.sandbox if how.sandbox is None else how.sandbox,
        detect_deletes=with_state,
        output_to_stderr=how.format is not RunFormat.text,
        environment=environment,
        clock=clock,
    )


def _view(session: Session, how: Rehearsal, folder: Workspace, redactor: Redactor) -> View:
    if how.format is RunFormat.text:
        from nango_cli.cli.run_view import TextView

        return TextView(session.console, folder, redactor, debug_http=how.debug_http, diagnostics=how.diagnostics)
    from nango_cli.cli.run_stream import JsonView, NdjsonView

    view = JsonView if how.format is RunFormat.json else NdjsonView
    return view(session.console, folder, redactor)
