"""Guests that are started before anybody knows what they are to run."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from runners.guest import run_params

from nango_cli.runners import python
from nango_cli.runners.guest import started
from nango_cli.runners.pump import Returned, pump

SCRIPT = """
import os, sys

def run_action(nango):
    return [os.getcwd(), "pydantic" in sys.modules]
"""


def answer(guests, guest):
    file = guests.write("github/actions/script.py", SCRIPT)
    ended = pump(guest, run_params(guests.root, file, "action"), guests.serve)
    assert isinstance(ended.ending, Returned), ended.ending
    return ended.ending.output


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_waiting_guest_loads_what_models_stand_on_and_runs_where_it_is_told(guests):
    with started(python.waiting(os.environ)) as guest:
        deadline = time.monotonic() + 30
        while "pydantic_core" not in maps(guest.process.pid) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert answer(guests, guest) == [str(guests.root), True]
        assert guest.process.code == 0


def test_one_that_is_asked_at_once_loads_nothing_in_vain(guests):
    file = guests.write("github/actions/script.py", SCRIPT)
    command = python.prepare(file, guests.root, os.environ)
    ended = pump(command, run_params(guests.root, file, "action"), guests.serve)
    assert ended.ending == Returned([str(guests.root), False])


@pytest.mark.parametrize("pause", [0, 0.05, 0.5])
def test_one_that_is_never_asked_does_not_outlive_the_block(pause):
    with started(python.waiting(os.environ)) as guest:
        time.sleep(pause)
        assert guest.process.running()
    assert not guest.process.running()
    with pytest.raises(ProcessLookupError):
        os.kill(guest.process.pid, 0)


def maps(pid: int) -> str:
    return Path(f"/proc/{pid}/maps").read_text()
