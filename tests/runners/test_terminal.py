"""A person at a terminal, and a confined script at the other end."""

from __future__ import annotations

import sys
import textwrap
import time
from pathlib import Path

import pytest
from execution.test_interrupt import Terminal
from runners.guest import Guests

HOST = """
import sys
from pathlib import Path
sys.path[:0] = {paths!r}
from runners.guest import Guests
guests = Guests(Path({root!r}))
guests.answers = {{"connection.token": "gho_secret", "log": lambda params: print(params["text"], flush=True)}}
try:
    ended = guests.run(Path({script!r}).read_text(), confinement=guests.confinement() if {confined} else None)
except KeyboardInterrupt:
    print("interrupted", flush=True)
    sys.exit(130)
print(ended.ending, flush=True)
"""


def command(guests: Guests, text: str, confined: bool) -> list[str]:
    script = guests.root.parent / "script.py"
    script.write_text(textwrap.dedent(text))
    paths = [str(Path(__file__).parents[1])]
    code = HOST.format(paths=paths, root=str(guests.root), script=str(script), confined=confined)
    return [sys.executable, "-c", code]


@pytest.fixture(params=[True, False], ids=["confined", "free"])
def confined(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """At home there are files that a debugger reads."""
    (tmp_path / ".pdbrc").write_text("p 'from pdbrc'\n")
    (tmp_path / ".inputrc").write_text("set editing-mode vi\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm")
    return bool(request.param)


def test_a_debugger(guests: Guests, confined: bool) -> None:
    text = """
        def run_action(nango):
            token = nango.get_token()
            answer = 41
            breakpoint()
            return answer
    """
    terminal = Terminal(command(guests, text, confined))
    terminal.wait_for("(Pdb)")
    assert ("from pdbrc" in terminal.text) is not confined
    terminal.type("p token\n")
    terminal.wait_for("'***'")
    terminal.type("import readline\n")
    terminal.wait_for("(Pdb) import readline")
    terminal.type("answer = 42\n")
    terminal.wait_for("answer = 42\r\n(Pdb)")
    terminal.type("l\n")
    terminal.wait_for("return answer")
    terminal.type("c\n")
    terminal.wait_for("Returned(output=42)")
    assert terminal.close() == 0
    assert "gho_secret" not in terminal.text


def test_input(guests: Guests, confined: bool) -> None:
    text = """
        import getpass
        def run_action(nango):
            nango.get_token()
            return [input("name? "), getpass.getpass("word? ")]
    """
    terminal = Terminal(command(guests, text, confined))
    terminal.wait_for("name? ")
    terminal.type("somebody\n")
    terminal.wait_for("word? ")
    terminal.type("hidden\n")
    terminal.wait_for("Returned(output=['somebody', 'hidden'])")
    assert terminal.close() == 0


def test_ctrl_c(guests: Guests, confined: bool) -> None:
    text = "def run_action(nango):\n    nango.log('started')\n    while True: pass"
    terminal = Terminal(command(guests, text, confined))
    terminal.wait_for("started")
    terminal.type("\x03")
    terminal.wait_for("interrupted")
    assert terminal.close() == 130


SWALLOW = """
import time
def run_action(nango):
    while True:
        try:
            print("started")
            time.sleep(0.1)
        except BaseException:
            print("swallowed")
"""


def test_ctrl_c_that_the_script_swallows(guests: Guests) -> None:
    terminal = Terminal(command(guests, SWALLOW, False))
    terminal.wait_for("started")
    terminal.type("\x03")
    terminal.wait_for("swallowed")
    terminal.wait_for("interrupted")  # after a while
    assert terminal.close() == 130


def test_a_second_ctrl_c(guests: Guests) -> None:
    terminal = Terminal(command(guests, SWALLOW, False))
    terminal.wait_for("started")
    terminal.type("\x03")
    terminal.wait_for("swallowed")
    start = time.monotonic()
    terminal.type("\x03")
    terminal.wait_for("interrupted")
    assert time.monotonic() - start < 1.5
    assert terminal.close() == 130


def test_ctrl_c_in_a_debugger_is_the_debuggers(guests: Guests) -> None:
    terminal = Terminal(command(guests, "def run_action(nango):\n    breakpoint()\n    return 42", False))
    terminal.wait_for("(Pdb)")
    time.sleep(0.3)  # until it listens
    terminal.type("\x03")
    terminal.wait_for("--KeyboardInterrupt--\r\n(Pdb)")
    time.sleep(0.3)
    terminal.type("\x03")
    time.sleep(2.5)
    terminal.type("p 6 * 7 + 1\n")
    terminal.wait_for("43")
    terminal.type("c\n")
    terminal.wait_for("Returned(output=42)")
    assert terminal.close() == 0
