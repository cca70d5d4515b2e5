"""The process that a script runs in: `guest.main()` with the channel's file descriptor as the last argument."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from nango_cli.sdk import entry, interrupt, output, project
from nango_cli.sdk.confinement import confine
from nango_cli.sdk.context import Context
from nango_cli.sdk.errors import SdkError
from nango_cli.sdk.nango import NangoAction, NangoSync
from nango_cli.sdk.report import report
from nango_cli.sdk.socket_channel import HostGone, SocketChannel

_FAREWELL = 200  # milliseconds for the host to look at this process while it is there, and to let it go
_ALLOCATIONS = 20_000  # between two looks for garbage: a page of records is several thousand objects, none of them that
_SCRIPT_FAILED = -32000  # JSON-RPC leaves -32000 to -32099 to the application


def main() -> None:
    """Wait for the one request a host makes, run its script, answer."""
    gc.disable()  # until the script runs: what is loaded stays
    channel = SocketChannel(int(sys.argv.pop()))
    try:
        _prepare(channel)
        request = channel.receive()
        answer = _run(channel, request["params"])
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError, AttributeError):  # closed, or none, or nobody reads it
                stream.flush()
        try:
            channel.send({"id": request["id"], **answer})
        except SdkError as error:
            confined = answer["result"]["confined"] if "result" in answer else answer["error"]["data"]["confined"]
            channel.send({"id": request["id"], **_failure(error, request["params"], confined)})
        channel.is_idle(_FAREWELL)
    except HostGone:
        channel.die()


def _prepare(channel: SocketChannel) -> None:
    """Load what models stand on, while the host is busy: a script is likely to use them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # an import could swallow it
    try:
        for load in (_models, _first_model):
            if channel.is_idle():
                load()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _models() -> None:
    import nango_cli.sdk.pydantic_model  # noqa: F401 - for its effect


def _first_model() -> None:
    """Use a model: the first that is used loads as much again."""
    from nango_cli.sdk.pydantic_model import Model

    class First(Model):
        id: str

    First(id="")


def _run(channel: SocketChannel, params: dict[str, Any]) -> dict[str, Any]:
    channel.in_foreground = params["in_foreground"]
    if channel.in_foreground:
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)  # stopped alone, it would leave its host waiting
        interrupt.listen()
    channel.hold_on(params.get("lifeline"))
    output.guard()
    # An on-event script and an action may save records nowhere.
    nango = (NangoSync if params["kind"] in ("sync", "webhook") else NangoAction)(channel, _context(params))
    settings = params["confinement"]
    confined = False if settings is None else None  # nobody knows yet
    if "temporary" in params:
        os.environ["TMPDIR"] = params["temporary"]
    if "clock" in params:
        from nango_cli.sdk.standing_clock import install

        install(datetime.fromisoformat(params["clock"]["now"]), waits=params["clock"]["waits"])
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS)
    gc.enable()
    try:
        os.chdir(params["root"])
        if settings is not None:
            confined = confine(settings)
        module = project.load(Path(params["root"]), Path(params["file"]))
        function = entry.find(module, params["kind"])
        value = entry.call(function, params["kind"], nango, params["input"])
        return {"result": {"output": value, "confined": confined}}
    except HostGone:
        raise
    except BaseException as error:
        return _failure(error, params, confined)


def _context(params: dict[str, Any]) -> Context:
    date = params["last_sync_date"]
    return Context(
        integration=params["integration"],
        connection_id=params["connection_id"],
        provider=params["provider"],
        script=params["script"],
        outputs=tuple(params["outputs"]),
        last_sync_date=datetime.fromisoformat(date) if date else None,
        environment=params["environment"],
        variant=params["variant"],
    )


def _failure(error: BaseException, params: dict[str, Any], confined: bool | None) -> dict[str, Any]:
    data = {**report(error, Path(params["root"]), params["confinement"], confined is True), "confined": confined}
    return {"error": {"code": _SCRIPT_FAILED, "message": "the script failed", "data": data}}
