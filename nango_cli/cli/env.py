"""`nango env`: the variables of an environment, whose values are secrets."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from nango_cli.cli.administering import Administered, ShowSecrets, Where, administering
from nango_cli.cli.app import group
from nango_cli.cli.format import ResultFormat
from nango_cli.cli.options import Directory, EnvironmentName, Result
from nango_cli.cli.sheet import table
from nango_cli.errors import EnvironmentFailure, UsageError
from nango_cli.redaction import HIDDEN

Name = Annotated[str, typer.Argument(metavar="NAME", help="The variable's name.")]

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


def list_variables(
    context: typer.Context,
    show_secrets: ShowSecrets = False,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """List the variables that scripts see.

    \b
    Example:
      nango env list --show-secrets
    """
    with administering(context.obj, Where(environment, directory)) as opened:
        found = [
            {
                "name": each["name"],
                "value": each["value"] if show_secrets else HIDDEN,
                "declared_in": each.get("source"),
            }
            for each in opened.administration.variables()
        ]
        rows = [
            (each["name"], each["value"], f"from {each['declared_in']}" if each["declared_in"] else "")
            for each in found
        ]
        return opened.show("env list", format, {"variables": found}, table(("NAME", "VALUE", ""), rows))


def set_variable(
    context: typer.Context,
    name: Name,
    value: Annotated[
        list[str] | None, typer.Argument(metavar="[VALUE]", help="Its value, or -, @file or env:NAME. [asked for]")
    ] = None,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Set a variable that scripts see.

    \b
    Example:
      nango env set REGION env:REGION
    """
    if not _NAME.match(name):
        raise UsageError("that is no name for a variable", help="write NAME first, of letters, digits and `_`")
    if value and len(value) > 1:  # the parser's own refusal would repeat them
        raise UsageError("a variable has one value, and there are several", help="put it in quotes")
    with administering(context.obj, Where(environment, directory, writes=True)) as opened:
        read = opened.values.secret(value[0], "VALUE") if value else opened.values.ask("value", "VALUE")
        opened.administration.set_variable(name, read or "")
        return _done(opened, "env set", format, name, f"set {name}")


def unset(
    context: typer.Context,
    name: Name,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Remove a variable.

    \b
    Example:
      nango env unset REGION
    """
    with administering(context.obj, Where(environment, directory, writes=True)) as opened:
        if not opened.administration.unset_variable(name):
            help = "`nango env list` lists those that are"
            raise EnvironmentFailure(f"the variable `{name}` is not set", code="NG701", help=help)
        return _done(opened, "env unset", format, name, f"removed {name}")


def _done(opened: Administered, command: str, format: ResultFormat, name: str, remark: str) -> int:
    opened.session.console.say(remark)
    return opened.show(command, format, {"name": name}, iter(()))


env = group(
    "List, set and remove the environment variables that scripts see.",
    {"list": list_variables, "set": set_variable, "unset": unset},
)
