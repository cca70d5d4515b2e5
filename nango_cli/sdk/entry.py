"""Calls a script's entry point: `fetch_data`, `run_action`, `on_event` or `on_webhook_payload_received`."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from nango_cli.sdk.annotation import passes_on, positional, resolve, wrapped
from nango_cli.sdk.errors import SdkError
from nango_cli.sdk.models import as_model
from nango_cli.sdk.nango import NangoAction, NangoSync
from nango_cli.sdk.plain import plain, with_article

_SIGNATURES = {
    "sync": ("fetch_data", ("fetch_data(nango)", "fetch_data(nango, metadata)")),
    "action": ("run_action", ("run_action(nango)", "run_action(nango, input)")),
    "on-event": ("on_event", ("on_event(nango)",)),
    "webhook": ("on_webhook_payload_received", ("on_webhook_payload_received(nango, payload)",)),
}


class MissingEntryPoint(SdkError):
    """The script has no function to call, or one that cannot be called."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message, help=help, code="NG402")


def find(module: ModuleType, kind: str) -> Callable[..., Any]:
    """The function that a script of this kind is entered by, or MissingEntryPoint."""
    name, _ = _SIGNATURES[kind]
    function: Callable[..., Any] | None = getattr(module, name, None)
    if not callable(function):
        raise MissingEntryPoint(f"{Path(module.__file__ or '').name} has no function `{name}`", _help(kind))
    return function


def call(function: Callable[..., Any], kind: str, nango: NangoAction, input: Any) -> Any:
    """Run a script and return what an action returned, as a JSON value; a sync's list is saved.

    Models that the parameters are annotated with are made of the input, or of the metadata.
    """
    result = function(*_arguments(function, kind, nango, input))
    if inspect.isawaitable(result):
        import asyncio

        result = asyncio.run(_awaited(result))
    if kind == "action":
        return plain(result, "output")
    if isinstance(nango, NangoSync):
        _save_returned(nango, _SIGNATURES[kind][0], result)
    return None


def _arguments(function: Callable[..., Any], kind: str, nango: NangoAction, input: Any) -> list[Any]:
    name, shapes = _SIGNATURES[kind]
    parameters = positional(function)
    if passes_on(function):
        inner = wrapped(function, name)
        if inner is not None:
            return _arguments(inner, kind, nango, input)
        return [nango, input] if kind == "webhook" or (kind == "action" and input is not None) else [nango]
    most = shapes[-1].count(",") + 1
    if len(parameters) < 1 or sum(each.default is each.empty for each in parameters) > most:
        raise MissingEntryPoint(f"`{name}` has the wrong parameters", _help(kind))
    if len(parameters) == 1 or most == 1:
        return [nango]
    wanted = resolve(function, parameters[1].annotation)
    if kind == "sync":
        return [nango, as_model(wanted, nango.get_metadata(), "the connection's metadata", "NG606")]
    return [nango, as_model(wanted, input, "the payload" if kind == "webhook" else "the input", "NG603")]


def _help(kind: str) -> str:
    return "define `" + "` or `".join(f"def {shape}" for shape in _SIGNATURES[kind][1]) + "`"


async def _awaited(result: Any) -> Any:
    return await result


def _save_returned(nango: NangoSync, name: str, result: Any) -> None:
    if isinstance(result, list):
        if result:
            nango.batch_save(result)
    elif result is not None:
        help = "return nothing, or the list of records to save"
        raise SdkError(f"`{name}` returned {with_article(result)}", help=help)
