"""Calls a script's entry point: `fetch_data`, `run_action` or `on_event`, plain or `async`."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from nango_cli.sdk.errors import SdkError
from nango_cli.sdk.models import as_annotated
from nango_cli.sdk.nango import NangoAction, NangoSync
from nango_cli.sdk.plain import plain

_SIGNATURES = {
    "sync": ("fetch_data", ("fetch_data(nango)", "fetch_data(nango, metadata)")),
    "action": ("run_action", ("run_action(nango)", "run_action(nango, input)")),
    "on-event": ("on_event", ("on_event(nango)",)),
}


class MissingEntryPoint(SdkError):
    """The script has no function to call, or one that cannot be called."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message, help=help, code="NG402")


def call(module: ModuleType, kind: str, nango: NangoAction, input: Any) -> Any:
    """Run the script and return what an action returned, as a JSON value."""
    name, shapes = _SIGNATURES[kind]
    help = "define `" + "` or `".join(f"def {shape}" for shape in shapes) + "`"
    function = getattr(module, name, None)
    if not callable(function):
        raise MissingEntryPoint(f"{Path(module.__file__ or '').name} has no function `{name}`", help)
    arguments: list[Any] = [nango]
    parameters = _positional(function)
    if len(parameters) < 1 or sum(each.default is each.empty for each in parameters) > len(shapes):
        raise MissingEntryPoint(f"`{name}` has the wrong parameters", help)
    if len(parameters) > 1 and kind != "on-event":
        if kind == "sync":
            given = as_annotated(function, parameters[1], nango.get_metadata(), "the connection's metadata")
        else:
            given = as_annotated(function, parameters[1], input, "the input")
        arguments.append(given)
    result = function(*arguments)
    if inspect.iscoroutine(result):
        import asyncio

        result = asyncio.run(result)
    if kind == "action":
        return plain(result, "output")
    if isinstance(nango, NangoSync):
        _save_returned(nango, name, result)
    return None


def _positional(function: Callable[..., Any]) -> list[inspect.Parameter]:
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [each for each in inspect.signature(function).parameters.values() if each.kind in kinds]


def _save_returned(nango: NangoSync, name: str, result: Any) -> None:
    if isinstance(result, list):
        nango.batch_save(result)
    elif result is not None:
        help = "return nothing, or the list of records to save"
        raise SdkError(f"`{name}` returned a {type(result).__name__}", help=help)
