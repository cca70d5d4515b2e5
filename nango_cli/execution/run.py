"""Runs one script once. What a dry run does and a deployed run does is this; they differ in the environment."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from nango_cli.environments.environment import Connection, Environment
from nango_cli.errors import RunError
from nango_cli.execution.clock import Clock, SystemClock
from nango_cli.execution.event import Event
from nango_cli.execution.host import Host
from nango_cli.execution.invocation import Invocation
from nango_cli.execution.outcome import Failure, Frame, Outcome, Status
from nango_cli.execution.provider import Provider
from nango_cli.execution.saving import Saving
from nango_cli.execution.validation import Validation
from nango_cli.ir.project import Action, Sync
from nango_cli.runners import python
from nango_cli.runners.protocol import RunParams, ScriptError
from nango_cli.runners.pump import Crashed, Ending, Raised, Returned, Stopped, pump
from nango_cli.runners.runner import Runner, candidates


def run(
    invocation: Invocation,
    environment: Environment,
    *,
    listen: Callable[[Event], None] = lambda event: None,
    runner: Runner = python,
    clock: Clock | None = None,
    time_limit: float | None = None,
    stop: threading.Event | None = None,
    output_to_stderr: bool = False,
) -> Outcome:
    """Run a script to its end, however that comes about.

    Raises RunError when the script has no file (NG401) or no process can be started, EnvironmentFailure when the
    connection is unknown, KeyboardInterrupt when the user interrupts. `time_limit` is in seconds; setting `stop` from
    another thread ends the run. `output_to_stderr` keeps what the script prints off our own stdout.
    """
    clock = clock or SystemClock()
    stop = stop or threading.Event()
    start = clock.seconds()
    script = invocation.script
    file = find(invocation, runner)
    connection = environment.connection(invocation.integration, invocation.connection_id)
    if invocation.metadata is not None:
        connection = replace(connection, metadata=invocation.metadata)
    validation = Validation(invocation.project.models)
    provider = Provider(connection, environment, listen, clock, stop, time_limit)
    saving = Saving(connection.integration, connection.id, script.name.value, environment, validation, listen)
    failure = _invalid_input(invocation, validation)
    output: Any = None

    def warm_up() -> None:
        environment.warm_up(connection.integration)
        validation.warm_up()

    if failure is None:
        ending = pump(
            runner.prepare(file, invocation.root.resolve(), os.environ),
            _params(invocation, connection, file),
            Host(provider, saving, environment, script.name.value, listen),
            time_limit=time_limit,
            stop=stop,
            output_to_stderr=output_to_stderr,
            meanwhile=warm_up,
        )
        output = ending.output if isinstance(ending, Returned) else None
        failure = _failure(ending) or _invalid_output(invocation, validation, output) or _invalid_records(saving)
    return Outcome(
        status=_status(failure),
        counts=saving.counts,
        output=output,
        requests=tuple(provider.done),
        invalid=tuple(saving.invalid),
        failure=failure,
        duration=clock.seconds() - start,
    )


def find(invocation: Invocation, runner: Runner = python) -> Path:
    """The script's file. Raises RunError NG401 that says where it is expected."""
    script = invocation.script
    root = invocation.root.resolve()
    places = list(candidates(root, invocation.integration, script.kind, script.name.value, runner.SUFFIX))
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        message = f"the {script.kind} `{script.name.value}` of `{invocation.integration}` has no script file"
        help = f"write it in {places[0].relative_to(root).as_posix()}" if places else "rename it: its name is a path"
        raise RunError(message, code="NG401", help=help)
    return found


def _params(invocation: Invocation, connection: Connection, file: Path) -> RunParams:
    script, date = invocation.script, invocation.last_sync_date
    return {
        "root": str(invocation.root.resolve()),
        "file": str(file),
        "integration": connection.integration,
        "kind": script.kind,
        "script": script.name.value,
        "connection_id": connection.id,
        "provider": connection.provider,
        "outputs": [each.value for each in script.output] if isinstance(script, Sync) else [],
        "input": invocation.input,
        "last_sync_date": date.isoformat() if date else None,
        "in_foreground": False,
    }


def _invalid_input(invocation: Invocation, validation: Validation) -> Failure | None:
    script, value = invocation.script, invocation.input
    declared = script.input.value if isinstance(script, Action) and script.input else None
    return _mismatch("NG603", "input", script.name.value, declared, value, validation)


def _invalid_output(invocation: Invocation, validation: Validation, value: Any) -> Failure | None:
    script = invocation.script
    if not isinstance(script, Action):
        return None
    declared = script.output[0].value if script.output else None
    return _mismatch("NG604", "output", script.name.value, declared, value, validation)


def _mismatch(
    code: str, what: str, script: str, declared: str | None, value: Any, validation: Validation
) -> Failure | None:
    kind = f"Invalid{what.capitalize()}"
    if declared is None:
        if value in (None, {}, [], ""):
            return None
        message = f"`{script}` declares no {what}, but there is one"
        return Failure(code, kind, message, help=f"declare `{what}` in nango.yaml, or leave it out")
    problems = validation.check(declared, value, what)
    if not problems:
        return None
    return Failure(code, kind, f"the {what} of `{script}` is not a valid {declared}", problems=problems)


def _invalid_records(saving: Saving) -> Failure | None:
    if not saving.invalid:
        return None
    count = len(saving.invalid)
    models = ", ".join(dict.fromkeys(each.model for each in saving.invalid))
    message = f"{count} {'record does' if count == 1 else 'records do'} not fit {models}"
    return Failure("NG602", "InvalidRecord", message, help="they were left out; the others were written")


def _failure(ending: Ending) -> Failure | None:
    match ending:
        case Returned():
            return None
        case Raised(error=error):
            return _script_failure(error)
        case Crashed(exit_code=exit_code, signal=signal, detail=detail):
            help = "it may have run out of memory" if signal == "SIGKILL" else None
            message = f"the script's process {detail}"
            return Failure("NG605", "Crash", message, help=help, exit_code=exit_code, signal=signal)
        case Stopped(reason=reason):
            message = "the script took longer than its time limit" if reason == "time limit" else "the run was stopped"
            return Failure("NG605", "Stopped", message)


def _script_failure(error: ScriptError) -> Failure:
    return Failure(
        code=error.get("code") or "NG601",
        type=error["type"],
        message=error["message"],
        help=error.get("help"),
        frames=tuple(Frame(**frame) for frame in error["frames"]),
        payload=error.get("payload"),
        status=error.get("status"),
    )


def _status(failure: Failure | None) -> Status:
    if failure is None:
        return "success"
    statuses: dict[str, Status] = {"Crash": "crash", "Stopped": "stopped"}
    return statuses.get(failure.type, "failure") if failure.code == "NG605" else "failure"
