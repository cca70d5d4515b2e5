"""Runs one script once. What a dry run does and a deployed run does is this; they differ in the environment."""

from __future__ import annotations

import os
import resource
import signal
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nango_cli.environments import patience
from nango_cli.environments.connection import Connection
from nango_cli.environments.destination import Counts, Destination, Task
from nango_cli.environments.environment import Environment
from nango_cli.errors import EnvironmentFailure, RunError
from nango_cli.execution import mismatch
from nango_cli.execution.answers.answer import refused
from nango_cli.execution.clock import Clock, SystemClock
from nango_cli.execution.ending import failure_of, status_of
from nango_cli.execution.event import Event
from nango_cli.execution.host import Host
from nango_cli.execution.invocation import Conditions, Invocation
from nango_cli.execution.lookup import script_of
from nango_cli.execution.outcome import Failure, Outcome, Spent
from nango_cli.execution.provider import Provider
from nango_cli.execution.saving import Saving
from nango_cli.execution.side_effects import SideEffects
from nango_cli.execution.validation import Validation
from nango_cli.ir.project import Sync
from nango_cli.redaction import Redactor
from nango_cli.runners import python
from nango_cli.runners.ending import Ended, Returned, Stopped, Usage
from nango_cli.runners.guest import Guest
from nango_cli.runners.protocol import Confinement, RunParams
from nango_cli.runners.pump import Stop, pump
from nango_cli.runners.runner import Runner, candidates
from nango_cli.runners.termination import SIGNALS, Terminated, heeded

_NOTHING = Usage(0, 0.0, 0.0, None)
_MOST_TOLD = 10  # problems
_SIGNALS = frozenset(each.name for each in SIGNALS)
_DEEPEST = 5  # scripts that one another start, one in the other


@dataclass(frozen=True, slots=True)
class Engine:
    """What runs share with those that they start: everything but what is asked for."""

    environment: Environment
    listen: Callable[[Event], None]
    runner: Runner
    conditions: Conditions
    redactor: Redactor
    clock: Clock
    stop: threading.Event


def run(
    invocation: Invocation,
    environment: Environment,
    *,
    listen: Callable[[Event], None] = lambda event: None,
    runner: Runner = python,
    conditions: Conditions | None = None,
    redactor: Redactor | None = None,
    clock: Clock | None = None,
    stop: threading.Event | None = None,
    guest: Guest | None = None,
) -> Outcome:
    """Run a script to its end, however that comes about.

    Raises RunError when the script has no file (NG401) or no process can be started, EnvironmentFailure when the
    connection is unknown. Setting `stop` from another thread ends the run. What `redactor` learns is hidden in the
    outcome's messages, but not in its output, nor in records. `guest` is one of the runner's that waits already.
    """
    engine = Engine(
        environment,
        listen,
        runner,
        conditions or Conditions(),
        redactor or Redactor(),
        clock or SystemClock(),
        stop or threading.Event(),
    )
    return _run(invocation, engine, depth=0, guest=guest)


def _run(invocation: Invocation, engine: Engine, depth: int, guest: Guest | None = None) -> Outcome:
    start = engine.clock.seconds()
    environment, conditions, script = engine.environment, engine.conditions, invocation.script
    limits = conditions.limits
    file = find(invocation, engine.runner)
    connection = environment.connection(invocation.integration, invocation.connection_id)
    for secret in environment.secrets():
        engine.redactor.add(secret)
    validation = Validation(invocation.project.models)
    provider = Provider(
        connection, environment, engine.listen, engine.clock, engine.stop, engine.redactor, limits.seconds
    )
    saving = Saving(
        invocation.task, environment, validation, engine.listen, strict=conditions.strict, limit=limits.records
    )
    effects = SideEffects(engine.listen, refused=conditions.read_only)
    started: list[Outcome] = []

    def run_script(task: Task, kind: str, input: Any) -> Any:
        inner = _started(invocation, task, kind, input, depth)
        outcome = _run(inner, engine, depth + 1)
        started.append(outcome)
        if outcome.status == "interrupted":
            raise KeyboardInterrupt
        if outcome.status == "stopped" and outcome.failure is not None and outcome.failure.signal:
            raise Terminated(signal.Signals[outcome.failure.signal])
        patience.left()  # when what ended that run ends this one too
        if outcome.failure is not None:
            what = f"the {kind} `{task.script}` of `{task.integration}` failed: {outcome.failure.message}"
            raise refused(what, _help(outcome.failure), code=outcome.failure.code)
        return outcome.output

    def limited() -> bool:
        return host.requests.limited or saving.limited or any(each.limited for each in started)

    def warm_up() -> None:
        environment.warm_up(connection.integration)
        validation.warm_up()

    failure = None if invocation.webhook else mismatch.of_input(script, invocation.input, validation)
    unfit = mismatch.of_metadata(script, connection.metadata, validation)
    if unfit is not None and conditions.strict:
        failure = failure or unfit
    output: Any = None
    usage, asked, is_limited, undeleted = _NOTHING, frozenset[str](), False, False
    if failure is None:
        host = Host(
            invocation.task,
            environment,
            provider,
            saving,
            effects,
            engine.redactor,
            run_script,
            engine.listen,
            limits,
            limited,
        )
        tracked = _tracked(invocation, conditions)
        for destination in tracked:
            environment.start_tracking(destination)
        try:
            with heeded(), patience.limited(limits.seconds, engine.stop, Stop):
                ended = pump(
                    guest or engine.runner.prepare(file, invocation.root.resolve(), os.environ),
                    _params(invocation, connection, file, conditions),
                    host,
                    time_limit=limits.seconds,
                    stop=engine.stop,
                    output_to_stderr=conditions.output_to_stderr or depth > 0,
                    meanwhile=warm_up,
                )
        except KeyboardInterrupt:
            ended = Ended(Stopped("interrupted"), _NOTHING)
        except Terminated as error:
            ended = Ended(Stopped(error.signal), _NOTHING)
        usage, asked, is_limited = ended.usage, frozenset(host.asked), limited()
        ends_tracking = bool(tracked) and "deletes.start" not in asked
        undeleted = host.records.undeleted or (is_limited and ends_tracking)
        output = ended.ending.output if isinstance(ended.ending, Returned) else None
        failure = _failure(ended, invocation, validation, saving, output)
        if failure is None and ends_tracking:
            failure = _end_tracking(tracked, environment, saving, is_limited=is_limited)
    if unfit is not None and failure is not None and failure.code == unfit.code and failure is not unfit:
        failure, unfit = replace(failure, message=unfit.message, problems=unfit.problems, help=None), None
    return Outcome(
        status=status_of(failure),
        counts=_sum([saving.counts, *(each.counts for each in started)]),
        output=output,
        requests=tuple(provider.done) + tuple(done for each in started for done in each.requests),
        invalid=tuple(saving.invalid) + tuple(invalid for each in started for invalid in each.invalid),
        invalid_count=saving.invalid_count + sum(each.invalid_count for each in started),
        retries=provider.retries + sum(each.retries for each in started),
        failure=mismatch.hidden(failure, engine.redactor) if failure else None,
        warnings=(mismatch.hidden(unfit, engine.redactor),) if unfit and unfit is not failure else (),
        side_effects=tuple(effects.announced) + tuple(effect for each in started for effect in each.side_effects),
        limited=is_limited,
        undeleted=undeleted,
        asked=asked,
        confined=usage.confined if conditions.confined else None,
        duration=engine.clock.seconds() - start,
        spent=_spent(usage, provider, saving),
    )


def _tracked(invocation: Invocation, conditions: Conditions) -> list[Destination]:
    """Where records that are not saved again are to be deleted at the end."""
    script = invocation.script
    if not conditions.detect_deletes or not isinstance(script, Sync) or invocation.webhook:
        return []
    wanted = script.track_deletes.value and script.sync_type.value == "full"
    return [Destination(invocation.task, each.value) for each in script.output] if wanted else []


def _end_tracking(
    tracked: list[Destination], environment: Environment, saving: Saving, *, is_limited: bool
) -> Failure | None:
    """Delete what was not saved; a run that saw a part only deletes nothing, and is gone on from at its checkpoint."""
    try:
        for destination in tracked:
            if not is_limited:
                saving.count_deleted(destination.model, len(environment.end_tracking(destination)))
            elif environment.checkpoint(destination.task) is None:
                environment.abandon_tracking(destination)
    except EnvironmentFailure as error:
        return Failure(error.code, "EnvironmentFailure", error.message, error.help)
    return None


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


def _params(invocation: Invocation, connection: Connection, file: Path, conditions: Conditions) -> RunParams:
    script, date, clock = invocation.script, invocation.last_sync_date, conditions.clock
    root = invocation.root.resolve()
    params: RunParams = {
        "root": str(root),
        "file": str(file),
        "environment": conditions.environment,
        "integration": connection.integration,
        "kind": "webhook" if invocation.webhook else script.kind,
        "script": script.name.value,
        "variant": invocation.variant,
        "connection_id": connection.id,
        "provider": connection.provider,
        "outputs": [each.value for each in script.output] if isinstance(script, Sync) else [],
        "input": invocation.input,
        "last_sync_date": date.isoformat() if date else None,
        "in_foreground": False,
        "confinement": _confinement(root, conditions) if conditions.confined else None,
    }
    if clock is not None:
        params["clock"] = {"now": clock.now.isoformat(), "waits": clock.waits}
    return params


def _confinement(root: Path, conditions: Conditions) -> Confinement:
    """A script sees its project but for what begins with a dot: `.env`, `.nango` and `.git` may hold secrets."""
    hidden = [each.name for each in root.iterdir() if each.name.startswith(".")]
    return {"root": str(root), "hidden": hidden, "network": False, "memory": conditions.limits.memory}


def _started(by: Invocation, task: Task, kind: str, input: Any, depth: int) -> Invocation:
    """What a script asks for that starts another one. Raises Refused."""
    if depth >= _DEEPEST:
        raise refused(f"scripts that start each other are {depth + 1} deep", "do they start each other in a circle?")
    script = script_of(by.project, task.integration, kind, task.script)
    if script is None:
        help = "check its name, and that of its integration"
        raise refused(f"`{task.integration}` declares no {kind} `{task.script}`", help, code="NG802")
    return Invocation(by.root, by.project, task.integration, script, task.connection_id, input, task.variant)


def _failure(
    ended: Ended, invocation: Invocation, validation: Validation, saving: Saving, output: Any
) -> Failure | None:
    if isinstance(ended.ending, Stopped) and ended.ending.reason in _SIGNALS:
        name = ended.ending.reason
        return Failure("NG605", "Stopped", f"the run was ended by {name}", signal=name)
    failure = failure_of(ended)
    if failure is None and not invocation.webhook:
        failure = mismatch.of_output(invocation.script, output, validation)
    return failure or mismatch.of_records(saving)


def _help(failure: Failure) -> str | None:
    """What helps with a failure that is told where only its message is."""
    lines = [f"{each.path}: {each.message}" for each in failure.problems[:_MOST_TOLD]]
    if len(failure.problems) > _MOST_TOLD:
        lines.append(f"and {len(failure.problems) - _MOST_TOLD} more")
    if failure.frames:
        lines.append(f"it happened at {failure.frames[-1].file}:{failure.frames[-1].line}")
    if failure.help:
        lines.append(failure.help)
    return "\n".join(lines) or None


def _sum(each_counts: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    total: dict[str, Counts] = {}
    for counts in each_counts:
        for model, count in counts.items():
            total[model] = total.get(model, Counts()) + count
    return total


def _spent(usage: Usage, provider: Provider, saving: Saving) -> Spent:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    seconds = {"http": provider.seconds, **saving.seconds, "protocol": usage.protocol}
    return Spent(usage.peak_memory, own, usage.cpu, seconds)
