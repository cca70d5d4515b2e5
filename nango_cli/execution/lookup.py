"""Which script a name means (reference 5.3): syncs and actions first, on-event scripts only where neither has it."""

from __future__ import annotations

from collections.abc import Iterable

from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.errors import UsageError
from nango_cli.ir.project import Integration, Project, Script


def find_script(project: Project, name: str, integration: str | None = None) -> tuple[Integration, Script]:
    """The one script of that name. Raises UsageError NG802 or NG803, which list what there is to choose from."""
    searched = integrations_named(project, integration)
    found: list[tuple[Integration, Script]] = [
        (each, script) for each in searched for script in each.runnables if script.name.value == name
    ]
    if not found:
        found = [(each, script) for each in searched for script in each.on_events if script.name.value == name]
    if not found:
        names = list(dict.fromkeys(script.name.value for each in searched for script in each.scripts))
        where = f" in `{integration}`" if integration else ""
        help = did_you_mean(name, names) or f"scripts{where}: {_listed(names)}"
        raise UsageError(f"no script is named `{name}`{where}", code="NG802", help=help)
    if len({each.name.value for each, _ in found}) > 1:
        owners = [each.name.value for each, _ in found]
        help = "choose one with `--integration-id`: " + _listed(owners)
        raise UsageError(f"{len(owners)} integrations have a script `{name}`", code="NG803", help=help)
    return found[0]


def integrations_named(project: Project, name: str | None) -> list[Integration]:
    """The integration of a name, or all of them for None. Raises UsageError NG802, which lists what there is."""
    found = [each for each in project.integrations if name is None or each.name.value == name]
    if name is not None and not found:
        known = [each.name.value for each in project.integrations]
        help = did_you_mean(name, known) or f"integrations: {_listed(known)}"
        raise UsageError(f"no integration is named `{name}`", code="NG802", help=help)
    return found


def check_named(scripts: Iterable[Script], kind: str, name: str) -> None:
    """Raises UsageError NG802, which lists what there is, unless a script of the kind has the name."""
    known = list(dict.fromkeys(script.name.value for script in scripts if script.kind == kind))
    if name not in known:
        help = did_you_mean(name, known) or f"{kind}s: {_listed(known)}"
        raise UsageError(f"no {kind} is named `{name}`", code="NG802", help=help)


def integrations_with(project: Project, name: str) -> list[str]:
    """The integrations with a sync or an action of that name; where none has, those with an on-event script."""
    runnable = [each for each in project.integrations if any(one.name.value == name for one in each.runnables)]
    found = runnable or [each for each in project.integrations if any(one.name.value == name for one in each.on_events)]
    return [each.name.value for each in found]


def script_of(project: Project, integration: str, kind: str, name: str) -> Script | None:
    """The script that an integration declares under a name, if it is of that kind."""
    for each in project.integrations:
        if each.name.value == integration:
            return next((found for found in each.scripts if (found.kind, found.name.value) == (kind, name)), None)
    return None


def _listed(names: list[str], most: int = 12) -> str:
    if not names:
        return "there are none"
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(f"`{name}`" for name in names[:most]) + more
