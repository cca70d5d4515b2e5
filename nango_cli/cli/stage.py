"""Where a dry run takes place: in an environment, or in a recording; and which script it is of."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from nango_cli.cli.report import Report
from nango_cli.cli.session import Session
from nango_cli.errors import UsageError

if TYPE_CHECKING:
    from nango_cli.build import Build
    from nango_cli.cli.rehearsal import Rehearsal
    from nango_cli.cli.tape import Tape
    from nango_cli.environments.environment import Connections, Environment
    from nango_cli.ir.project import Integration, Project, Script
    from nango_cli.workspace import Workspace


class Stage(NamedTuple):
    """Where a script runs: in an environment of this name, or in a recording, under the options of the recorded run."""

    name: str
    environment: Environment
    integration: Integration
    script: Script
    how: Rehearsal
    tape: Tape | None = None
    replayed: str | None = None


def staged(
    session: Session, how: Rehearsal, folder: Workspace, built: Build, opened: contextlib.ExitStack
) -> Stage | Report:
    """The environment or the recording that is meant; or the report that says why it cannot be opened."""
    _check(how)
    enter = _live if how.replay is None else _recorded
    return enter(session, how, folder, built, opened)


def _check(how: Rehearsal) -> None:
    """Raises UsageError NG801 for options that do not go together."""
    if how.save and how.replay is not None:
        raise UsageError("`--save` and `--replay` exclude each other", help="save first, then replay")
    if how.hide and not how.save:
        raise UsageError("`--hide` is for recordings", help="add `--save`")
    taped = "--save" if how.save else "--replay" if how.replay is not None else None
    if taped and how.state:
        raise UsageError(f"`--state` and `{taped}` exclude each other", help="a recording holds all that the run knows")
    if how.replay is not None and how.resume:
        raise UsageError("`--resume` and `--replay` exclude each other", help="a replay starts as the recorded run did")


def _live(
    session: Session, how: Rehearsal, folder: Workspace, built: Build, opened: contextlib.ExitStack
) -> Stage | Report:
    """The environment that is meant, and the script that is."""
    from nango_cli.cli.opening import opening

    configured = built.configuration.dryrun.environment
    flag = how.environment if how.environment is not None or configured else _environment(session, how, folder)
    place = opening(session, folder, flag, configured, "dryrun")
    if place.report:
        return place.report
    environment = opened.enter_context(place.open(True))
    integration, script = _script(session, how, built.compilation.project, environment)
    if script.kind == "action":
        environment = opened.enter_context(place.open(False))
    return Stage(place.name, environment, integration, script, how)


def _environment(session: Session, how: Rehearsal, folder: Workspace) -> str | None:
    """The environment, chosen at a terminal where the connection is chosen too, if there are servers to choose."""
    from nango_cli.cli.opening import environments_with_keys

    if how.connection is not None or not how.interactive:
        return None
    from nango_cli.cli.ask import can_ask, pick
    from nango_cli.settings import LOCAL

    if not can_ask(session):
        return None
    return pick(session, "which environment?", [LOCAL, *environments_with_keys(session, folder)])


def _recorded(
    session: Session, how: Rehearsal, folder: Workspace, built: Build, opened: contextlib.ExitStack
) -> Stage | Report:
    """The recording that is meant, in the place of an environment."""
    from nango_cli.cli.tape import as_recorded
    from nango_cli.environments.memory import MemoryEnvironment
    from nango_cli.providers import project_file
    from nango_cli.recordings.replay import Replay
    from nango_cli.testing import recorded
    from nango_cli.testing.replaying import Replaying, fitting

    integration, script = _script(session, how, built.compilation.project, MemoryEnvironment())
    path, cassette, _ = recorded.find(folder, integration.name.value, script.name.value, how.variant, how.replay or "")
    replay = Replay(cassette, definition=project_file.catalog(folder, session.environ).find)
    told = as_recorded(how, fitting(cassette.start, script.kind))
    tape = Replaying(replay, cassette.start.now)
    return Stage(cassette.start.environment, opened.enter_context(replay), integration, script, told, tape, path)


def _script(session: Session, how: Rehearsal, project: Project, environment: Connections) -> tuple[Integration, Script]:
    """The script that was named, or chosen; a name that several integrations have is that of the connection's."""
    from nango_cli.execution.lookup import find_script, integrations_with

    name = how.name
    if name is None:
        offered = [
            script.name.value
            for each in project.integrations
            if how.integration in (None, each.name.value)
            for script in each.scripts
        ]
        name = _ask(session, how, "which script?", "the argument SCRIPT", list(dict.fromkeys(offered)))
    integration = how.integration
    owners = integrations_with(project, name) if integration is None else []
    if len(owners) > 1:
        if how.connection is not None:
            there = {each.integration for each in environment.connections(connection_id=how.connection)}
            owners = [each for each in owners if each in there] or owners
        if len(owners) == 1:
            integration = owners[0]
        elif _may_ask(session, how):
            from nango_cli.cli.ask import pick

            integration = pick(session, f"which integration's `{name}`?", owners)
    return find_script(project, name, integration)


def chosen_connection(session: Session, how: Rehearsal, place: str, integration: str, environment: Connections) -> str:
    """A connection of an integration, in the environment named `place`, that a person chooses."""
    known = [each.id for each in environment.connections(integration=integration)]
    if not known:
        from nango_cli.settings import LOCAL

        declare = "declare one in local.yaml, or create one" if place == LOCAL else "create one"
        option = "" if place == LOCAL else f" -e {place}"
        help = f"`{integration}` has none: {declare}: `nango connection create {integration} CONNECTION{option}`"
        raise UsageError("missing the argument CONNECTION", help=help)
    return _ask(session, how, f"which connection of {integration}?", "the argument CONNECTION", known)


def _ask(session: Session, how: Rehearsal, question: str, missing: str, choices: list[str]) -> str:
    """A choice made by a person. Raises UsageError NG801, which lists the choices, where nobody can be asked."""
    if choices and _may_ask(session, how):
        from nango_cli.cli.ask import pick

        return pick(session, question, choices)
    listed = ", ".join(f"`{each}`" for each in choices[:12]) or "there are none"
    raise UsageError(f"missing {missing}", help=f"choices: {listed}")


def _may_ask(session: Session, how: Rehearsal) -> bool:
    if not how.interactive:
        return False
    from nango_cli.cli.ask import can_ask  # it loads Typer

    return can_ask(session)
