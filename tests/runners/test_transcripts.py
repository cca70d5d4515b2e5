"""Real guests keep to the conversations in `transcripts/`, over a real socket."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest
from runners.guest import Guests, run_params

from nango_cli.runners import python

_TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
_FOLDERS = {"sync": "syncs", "webhook": "syncs", "action": "actions", "on-event": "on-events"}


@pytest.mark.parametrize("path", _TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(guests: Guests, path: Path) -> None:
    _, script, run, messages = re.split(r"^--- \w+\n", path.read_text(), flags=re.MULTILINE)
    given = json.loads(run)
    kind = given.pop("kind")
    file = guests.write(f"github/{_FOLDERS[kind]}/script.py", script)
    ours, theirs = socket.socketpair()
    command = python.prepare(file, guests.root, os.environ)
    with (
        ours,
        subprocess.Popen(
            [*command.arguments, str(theirs.fileno())],
            cwd=command.folder,
            env=dict(command.environment),
            pass_fds=[theirs.fileno()],
        ) as guest,
    ):
        theirs.close()
        ours.settimeout(20)
        lines = ours.makefile("rb")
        say(ours, {"id": 0, "method": "run", "params": run_params(guests.root, file, kind, **given)})
        for line in messages.strip().splitlines():
            message = json.loads(line[2:])
            if line.startswith("<"):
                say(ours, message)
            else:
                received = json.loads(lines.readline())
                assert fits(received, {"jsonrpc": "2.0", **message}), received
        assert lines.readline() == b""
        assert guest.wait(5) == 0


def say(channel: socket.socket, message: dict[str, Any]) -> None:
    channel.sendall(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")


def fits(value: Any, wanted: Any) -> bool:
    if wanted == "...":
        return True
    if not isinstance(wanted, dict) or not isinstance(value, dict):
        return bool(value == wanted) and type(value) is type(wanted)
    listed = wanted.keys() - {"..."}
    complete = "..." in wanted or value.keys() == listed
    return complete and all(name in value and fits(value[name], wanted[name]) for name in listed)
