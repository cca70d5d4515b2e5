"""Ctrl-C, a killed host and a debugger: what a person at a terminal does."""

from __future__ import annotations

import os
import pty
import select
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from execution.workbench import Workbench, gone

HOST = """
import signal, sys
sys.path[:0] = {paths!r}
from pathlib import Path
from execution.workbench import Workbench, sync
from nango_cli.environments.local import LocalConnection, LocalIntegration

local = LocalIntegration("github", "http://127.0.0.1:1", {{}}, {{}}, {{"demo": LocalConnection()}})
bench = Workbench(Path({root!r}), {{"github": local}})
bench.events = type("Print", (), {{"append": lambda self, event: print(getattr(event, 'text', event), flush=True)}})()
outcome = bench.run(sync("issues", "Issue"))
print(outcome.status, outcome.failure, flush=True)
if outcome.failure and outcome.failure.signal:
    sys.exit(128 + getattr(signal, outcome.failure.signal))
sys.exit(130 if outcome.status == "interrupted" else 0)
"""

LOOP = """
import os, subprocess, sys, time

def fetch_data(nango):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    nango.log(f"{os.getpid()} {child.pid}")
    while True:
        time.sleep(0.01)
"""


def host_command(bench: Workbench, script: str) -> list[str]:
    bench.write("github/syncs/issues.py", script)
    code = textwrap.dedent(HOST).format(paths=[str(Path(__file__).parents[1])], root=str(bench.root))
    return [sys.executable, "-c", code]


@pytest.mark.parametrize(
    ("sent", "exit_code"),
    [(signal.SIGINT, 130), (signal.SIGKILL, -9), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
)
def test_ending_the_host_leaves_no_orphan(bench: Workbench, sent: signal.Signals, exit_code: int) -> None:
    command = host_command(bench, LOOP)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as host:
        assert host.stdout is not None
        pids = [int(word) for word in host.stdout.readline().split()]
        assert len(pids) == 2
        host.send_signal(sent)
        assert host.wait(5) == exit_code
        assert all(gone(pid) for pid in pids)


def test_a_host_that_is_told_to_end_says_what_it_did(bench: Workbench) -> None:
    loop = "import time\ndef fetch_data(nango):\n    nango.batch_save([{'id': 1, 'title': ''}])\n    time.sleep(60)"
    command = host_command(bench, loop)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as host:
        assert host.stdout is not None
        assert "RecordsSaved" in host.stdout.readline()
        host.send_signal(signal.SIGTERM)
        assert "the run was ended by SIGTERM" in host.stdout.read()
        assert host.wait(5) == 143


TAKE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""


class Terminal:
    """A host at a terminal of its own."""

    def __init__(self, command: list[str]) -> None:
        self.file, other = pty.openpty()
        arguments = [sys.executable, "-c", TAKE_TERMINAL, *command]
        self.host = subprocess.Popen(arguments, stdin=other, stdout=other, stderr=other, start_new_session=True)
        os.close(other)
        self.text = ""

    def wait_for(self, text: str) -> None:
        deadline = time.monotonic() + 5
        while text not in self.text:
            assert time.monotonic() < deadline, self.text
            if select.select([self.file], [], [], 0.1)[0]:
                try:
                    self.text += os.read(self.file, 4096).decode()
                except OSError:  # the other end is closed, and said everything
                    assert text in self.text, self.text

    def type(self, text: str) -> None:
        os.write(self.file, text.encode())

    def close(self) -> int:
        code = self.host.wait(5)
        os.close(self.file)
        return code


def test_a_debugger_can_be_typed_to(bench: Workbench) -> None:
    text = """
        def fetch_data(nango):
            answer = 41
            breakpoint()
            nango.log(f"the answer is {answer}")
    """
    terminal = Terminal(host_command(bench, text))
    terminal.wait_for("(Pdb)")
    terminal.type("answer = 42\n")
    terminal.wait_for("answer = 42\r\n(Pdb)")
    terminal.type("c\n")
    terminal.wait_for("the answer is 42")
    terminal.wait_for("success")
    assert terminal.close() == 0


def test_ctrl_c_while_the_script_is_busy(bench: Workbench) -> None:
    terminal = Terminal(host_command(bench, LOOP.replace("nango.log(f", "nango.log(f'pids ' f")))
    terminal.wait_for("pids")
    terminal.wait_for("\n")
    terminal.type("\x03")
    terminal.wait_for("interrupted")
    assert terminal.close() == 130
    line = next(line for line in terminal.text.splitlines() if line.startswith("pids"))
    assert all(gone(int(pid)) for pid in line.split()[1:])


def test_ctrl_c_while_the_host_is_busy(bench: Workbench) -> None:
    text = """
        def fetch_data(nango):
            nango.log("waiting")
            nango.get({"endpoint": "/", "base_url_override": "http://127.0.0.1:%d"})
    """

    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts, and never answers
        terminal = Terminal(host_command(bench, text % silent.getsockname()[1]))
        terminal.wait_for("waiting")
        silent.settimeout(5)
        connection, _ = silent.accept()
        with connection:
            terminal.type("\x03")
            terminal.wait_for("interrupted")
            assert terminal.close() == 130


def test_reading_a_terminal_that_is_not_ours_ends(bench: Workbench) -> None:
    """In a pipeline the terminal is not lent: reading finds the end of the input instead of stopping for ever."""
    command = host_command(bench, "def fetch_data(nango):\n    input('name? ')")
    main, other = pty.openpty()
    done = subprocess.run(command, stdin=other, stdout=subprocess.PIPE, text=True, timeout=10, check=False)
    os.close(main)
    os.close(other)
    assert "EOFError" in done.stdout
