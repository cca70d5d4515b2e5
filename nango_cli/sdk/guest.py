"""The process that a script runs in: `guest.main()` with the channel's file descriptor as the last argument."""

from __future__ import annotations

import contextlib
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from nango_cli.sdk import entry, project
from nango_cli.sdk.errors import SdkError
from nango_cli.sdk.nango import Context, NangoAction, NangoSync
from nango_cli.sdk.report import report
from nango_cli.sdk.socket_channel import HostGone, SocketChannel

_SCRIPT_FAILED = -32000  # JSON-RPC leaves -32000 to -32099 to the application


def main() -> None:
    """Wait for the one request a host makes, run its script, answer."""
    channel = SocketChannel(int(sys.argv.pop()))
    try:
        request = channel.receive()
        answer = _run(channel, request["params"])
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):  # closed by the script, or nobody reads it
                stream.flush()
        try:
            channel.send({"id": request["id"], **answer})
        except SdkError as error:
            channel.send({"id": request["id"], **_failure(error, Path(request["params"]["root"]))})
    except HostGone:
        channel.die()


def _run(channel: SocketChannel, params: dict[str, Any]) -> dict[str, Any]:
    root = Path(params["root"])
    channel.in_foreground = params["in_foreground"]
    if channel.in_foreground:
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)  # stopped alone, it would leave its host waiting
    date = params["last_sync_date"]
    context = Context(
        integration=params["integration"],
        connection_id=params["connection_id"],
        provider=params["provider"],
        script=params["script"],
        outputs=tuple(params["outputs"]),
        last_sync_date=datetime.fromisoformat(date) if date else None,
    )
    # An on-event script may save records nowhere, so it gets what an action gets.
    nango = (NangoSync if params["kind"] == "sync" else NangoAction)(channel, context)
    try:
        module = project.load(root, Path(params["file"]))
        return {"result": {"output": entry.call(module, params["kind"], nango, params["input"])}}
    except HostGone:
        raise
    except BaseException as error:
        return _failure(error, root)


def _failure(error: BaseException, root: Path) -> dict[str, Any]:
    return {"error": {"code": _SCRIPT_FAILED, "message": "the script failed", "data": report(error, root)}}
