"""A guest's process and the host's end of its channel: started, and waiting to be asked to run."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator
from typing import NamedTuple

from nango_cli.runners import crash, terminal
from nango_cli.runners.process import Process, start
from nango_cli.runners.runner import Command


class Guest(NamedTuple):
    """`lifeline` is the guest's end of a pipe that closes with us, `lend` whether it may have the terminal.

    `ended_for_memory` is how many processes the system had ended for want of memory before this one started.
    """

    process: Process
    channel: socket.socket
    lifeline: int
    lend: bool
    ended_for_memory: int


@contextlib.contextmanager
def started(command: Command, *, output_to_stderr: bool = False) -> Iterator[Guest]:
    """Start a guest. Nothing of its process group outlives the block, or us. Raises RunError NG605."""
    lend = terminal.can_lend()
    with contextlib.ExitStack() as stack:
        ours, theirs = map(stack.enter_context, socket.socketpair())
        lifeline = _lifeline(stack)
        before = crash.ended_for_memory()
        process = start(command, theirs.fileno(), lifeline, lend=lend, output_to_stderr=output_to_stderr)
        stack.callback(process.kill)
        theirs.close()
        yield Guest(process, ours, lifeline, lend, before)


def _lifeline(stack: contextlib.ExitStack) -> int:
    """The end of a pipe for the guest, whose other end closes with this process even if it is killed."""
    theirs, ours = os.pipe()
    stack.callback(os.close, theirs)
    stack.callback(os.close, ours)
    return theirs
