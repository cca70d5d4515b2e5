"""What a run took, how it is ended with its host, and what it can print."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest
from execution.workbench import gone
from runners.guest import Guests

from nango_cli.runners import crash
from nango_cli.runners.pump import Crashed, Returned, Stopped

MEGABYTE = 1 << 20


def test_memory_and_time(guests: Guests) -> None:
    ended = guests.run("def run_action(nango): return len(b'x' * 200_000_000)")
    small = guests.run("def run_action(nango): return sum(range(10_000_000))")
    assert ended.usage.peak_memory > 200_000_000
    assert MEGABYTE < small.usage.peak_memory < 100 * MEGABYTE
    assert 0.05 < small.usage.cpu < 10


def test_memory_of_this_process_is_not_counted(guests: Guests) -> None:
    ballast = bytearray(300 * MEGABYTE)
    for index in range(0, len(ballast), 4096):
        ballast[index] = 1
    assert guests.run("def run_action(nango): pass").usage.peak_memory < 100 * MEGABYTE
    assert guests.run("import time; time.sleep(9)", options={"time_limit": 0.5}).usage.peak_memory < 100 * MEGABYTE


def test_time_of_encoding(guests: Guests) -> None:
    text = "def fetch_data(nango): nango.batch_save([{'id': id, 'title': 'x' * 100} for id in range(20_000)])"
    assert 0.001 < guests.run(text, "sync").usage.protocol < 1
    assert guests.run("def run_action(nango): pass").usage.protocol < 0.01


def test_usage_of_a_script_that_was_stopped(guests: Guests) -> None:
    ended = guests.run("def run_action(nango):\n    while True: pass", options={"time_limit": 1.5})
    assert ended.ending == Stopped("time limit")
    assert ended.usage.cpu > 0.05
    assert ended.usage.confined is None


@pytest.mark.parametrize(
    ("code", "peak", "limit", "out_of_memory", "expected"),
    [
        (3, 0, None, True, Crashed(3, None, "ended with exit code 3 before it was done")),
        (-9, 0, None, False, Crashed(None, "SIGKILL", "was ended by SIGKILL")),
        (-6, 90 * MEGABYTE, 100 * MEGABYTE, False, "SIGABRT when it had 90 MB of the 100 MB of memory that it may use"),
        (-6, 50 * MEGABYTE, 100 * MEGABYTE, False, Crashed(None, "SIGABRT", "was ended by SIGABRT")),
        (-9, 90 * MEGABYTE, 100 * MEGABYTE, True, "SIGKILL: the system ran out of memory, of which it had 90 MB"),
    ],
)
def test_crashes_explained(code: int, peak: int, limit: int | None, out_of_memory: bool, expected: Any) -> None:
    found = crash.explain(code, peak, limit, out_of_memory=out_of_memory)
    if isinstance(expected, str):
        assert found.detail == f"was ended by {expected}"
    else:
        assert found == expected


def test_the_system_that_ends_processes_for_memory(guests: Guests, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = iter([4, 5])
    monkeypatch.setattr(crash, "ended_for_memory", lambda: next(counts))
    ending = guests.run("import os\ndef run_action(nango): os.kill(os.getpid(), 9)").ending
    assert isinstance(ending, Crashed)
    assert "the system ran out of memory" in ending.detail


HOST = """
import os, sys
from pathlib import Path
sys.path[:0] = {paths!r}
from runners.guest import Guests
guests = Guests(Path({root!r}))
guests.answers["log"] = lambda params: print(params["text"], flush=True)
guests.run(Path({script!r}).read_text(), confinement=guests.confinement() if {confined} else None)
"""

BUSY = {
    "sleep": "time.sleep(60)",
    "system call": "socket.socketpair()[0].recv(1)",
    "C code": "sum(range(10**12))",
    "host": "nango.get({'endpoint': '/'})",
}


@pytest.mark.parametrize("confined", [False, True])
@pytest.mark.parametrize("busy", BUSY)
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere C code runs on until it is done")
def test_a_killed_host_takes_everything_with_it(guests: Guests, tmp_path: Path, busy: str, confined: bool) -> None:
    script = tmp_path / "script.py"
    text = f"""
        import os, socket, subprocess, sys, time
        def run_action(nango):
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
            nango.log(os.getpid(), child.pid)
            {BUSY[busy]}
    """
    script.write_text(textwrap.dedent(text))
    names = {"paths": [str(Path(__file__).parents[1])], "root": str(guests.root), "script": str(script)}
    code = HOST.format(**names, confined=confined)
    if busy == "host":
        code = code.replace(
            "guests.run", "guests.answers['proxy'] = lambda params: __import__('time').sleep(60)\nguests.run"
        )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as host:
        assert host.stdout is not None
        pids = [int(word) for word in host.stdout.readline().split()]
        time.sleep(0.1)
        host.send_signal(signal.SIGKILL)
    assert len(pids) == 2
    assert all(gone(pid) for pid in pids)


def test_a_token_is_not_printed(guests: Guests, capfd: pytest.CaptureFixture[str]) -> None:
    guests.answers["connection.token"] = "gho_secret"
    text = """
        import logging, sys, contextlib, io
        logging.basicConfig(format="%(message)s")
        early = sys.stdout
        def run_action(nango):
            print("gho_secret is not known yet")
            token = nango.get_token()
            print("token", token, [token])
            print(token, file=sys.stderr)
            print(token, file=early)
            print(token, file=sys.__stdout__)
            logging.warning("logged %s", token)
            sys.stdout.writelines([token, "\\n"])
            with contextlib.redirect_stdout(io.StringIO()) as kept:
                print(token)
            return kept.getvalue() == token + "\\n"
    """
    assert guests.output(text) is True
    out, err = capfd.readouterr()
    assert out == "gho_secret is not known yet\ntoken *** ['***']\n***\n***\n***\n"
    assert err == "***\nlogged ***\n"


def test_other_credentials_are_not_printed(guests: Guests, capfd: pytest.CaptureFixture[str]) -> None:
    guests.answers["connection.token"] = {"type": "BASIC", "username": "someone", "password": "pässword", "n": ["x"]}
    assert guests.output("def run_action(nango): print(nango.get_token(), 'BASIC')") is None
    assert capfd.readouterr().out == "{'type': 'BASIC', 'username': '***', 'password': '***', 'n': ['x']} BASIC\n"


def test_closed_streams(guests: Guests) -> None:
    text = "import sys\nsys.stdout.close()\ndef run_action(nango): return nango.get_token()"
    guests.answers["connection.token"] = "gho_secret"
    assert guests.run(text).ending == Returned("gho_secret")
