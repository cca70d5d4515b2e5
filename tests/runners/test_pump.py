"""The pump against processes that are not guests at all."""

from __future__ import annotations

import os
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from nango_cli.errors import EnvironmentFailure, RunError
from nango_cli.runners.protocol import RunParams
from nango_cli.runners.pump import Crashed, Ending, Raised, Refused, Returned, Stopped, pump
from nango_cli.runners.runner import Command

PARAMS: RunParams = {
    "root": "/",
    "file": "/x.py",
    "environment": "dev",
    "integration": "i",
    "kind": "sync",
    "script": "x",
    "variant": "base",
    "connection_id": "c",
    "provider": "p",
    "outputs": [],
    "input": None,
    "last_sync_date": None,
    "in_foreground": False,
    "confinement": None,
}

PRELUDE = """
import json, os, signal, socket, subprocess, sys, time
channel = socket.socket(fileno=int(sys.argv[-1]))
lines = channel.makefile("rb")
def say(**message): channel.sendall(json.dumps(message).encode() + b"\\n")
def ask(method, **params):
    say(id=1, method=method, params=params)
    return json.loads(lines.readline())
run = json.loads(lines.readline())
"""


def serve(method: str, params: dict[str, Any]) -> Any:
    match method:
        case "echo":
            return params
        case "refuse":
            raise Refused("no", {"kind": "refused", "help": "ask later"})
        case "fail":
            raise EnvironmentFailure("gone", code="NG702", help="wait")
    raise AssertionError(method)


def play(code: str, **options: Any) -> Ending:
    script = PRELUDE + textwrap.dedent(code)
    command = Command((sys.executable, "-c", script), dict(os.environ), Path.cwd())
    return pump(command, PARAMS, serve, **options).ending


def exited(code: int) -> Crashed:
    return Crashed(code, None, f"ended with exit code {code} before it was done")


def test_questions_and_the_answer_to_run() -> None:
    ending = play(
        """
        answers = [ask("echo", a=1), ask("refuse"), ask("fail")]
        say(id=run["id"], result={"output": [run["params"]["integration"], *answers]})
        """
    )
    assert isinstance(ending, Returned)
    integration, echo, refused, failed = ending.output
    assert integration == "i"
    assert echo["result"] == {"a": 1}
    assert refused["error"] == {"code": -32000, "message": "no", "data": {"kind": "refused", "help": "ask later"}}
    assert failed["error"]["data"] == {"kind": "refused", "code": "NG702", "help": "wait"}


def test_an_error_is_an_answer_too() -> None:
    ending = play('say(id=0, error={"code": 1, "message": "", "data": {"kind": "exception"}})')
    assert ending == Raised({"kind": "exception"})


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("sys.exit(0)", exited(0)),
        ("channel.sendall(b'{\"id\": 1, \"meth'); os._exit(2)", exited(2)),
        ("channel.sendall(b'garbage\\n')", Crashed(None, None, "wrote to nango's channel something that is not JSON")),
        ("channel.sendall(b'[1]\\n')", Crashed(None, None, "wrote to nango's channel something that is not a message")),
        ("os.kill(0, 9)", Crashed(None, "SIGKILL", "was ended by SIGKILL")),
        ("signal.raise_signal(40)", Crashed(None, "signal 40", "was ended by signal 40")),
        ("say(id=1, method='echo', params={'x': 'y' * 9000000}); os._exit(1)", exited(1)),
    ],
)  # fmt: skip
def test_crashes(code: str, expected: Crashed) -> None:
    assert play(code) == expected


def test_a_signal_for_the_script_is_an_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt):
        play("signal.signal(2, signal.SIG_DFL); os.kill(os.getpid(), 2)")


def test_a_guest_that_closes_its_channel_and_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nango_cli.runners.pump._GRACE", 0.1)
    code = "lines.close(); channel.close(); time.sleep(60)"
    assert play(code) == Crashed(None, None, "closed its channel to nango and ran on")


def test_a_guest_that_answers_and_stays_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nango_cli.runners.pump._GRACE", 0.1)
    start = time.monotonic()
    assert play('say(id=0, result={"output": os.getpid()}); time.sleep(60)').__class__ is Returned
    assert time.monotonic() - start < 5


def test_a_channel_held_by_a_grandchild() -> None:
    code = """
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], pass_fds=[channel.fileno()])
    os._exit(7)
    """
    assert play(code) == exited(7)


def test_a_guest_that_does_not_listen_cannot_hold_us() -> None:
    code = "say(id=1, method='echo', params={'x': 'y' * 9000000}); time.sleep(60)"
    assert play(code, time_limit=1) == Stopped("time limit")


def test_a_stopped_process_is_ended() -> None:
    assert play("os.kill(os.getpid(), signal.SIGSTOP)", time_limit=0.5) == Stopped("time limit")


def test_stop_from_another_thread() -> None:
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    assert play("time.sleep(60)", stop=stop) == Stopped("stopped")


def test_runs_in_parallel_threads() -> None:
    endings: list[Ending] = []
    code = 'say(id=0, result={"output": ask("echo", x=1)["result"]["x"]})'
    threads = [threading.Thread(target=lambda: endings.append(play(code))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert endings == [Returned(1)] * 6


def test_a_bug_of_ours_ends_the_process_and_is_raised() -> None:
    with pytest.raises(AssertionError, match="surprise"):
        play("ask('surprise'); time.sleep(60)")


def test_a_program_that_is_not_there() -> None:
    with pytest.raises(RunError, match="cannot start /no/such/program") as caught:
        pump(Command(("/no/such/program",), {}, Path.cwd()), PARAMS, serve)
    assert caught.value.code == "NG605"
