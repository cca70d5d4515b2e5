"""Answers of programs, and the limits."""

from __future__ import annotations

import socket
import sys

import pytest

from nango_cli.scripts.type_errors.program import Unanswered, answer


def python(body: str) -> list[str]:
    return [sys.executable, "-I", "-c", f"import os, sys, time\n{body}"]


@pytest.mark.parametrize("status", [0, 1])
def test_an_answer(status, tmp_path):
    assert answer(python(f"print(os.getcwd()); sys.exit({status})"), tmp_path) == f"{tmp_path}\n".encode()


def test_a_program_that_takes_too_long_is_ended(tmp_path):
    with pytest.raises(Unanswered, match=r"^it took longer than 0\.2 s$"):
        answer(python("time.sleep(60)"), tmp_path, seconds=0.2)


CHILD = """
import socket
reading, writing = os.pipe()
if not os.fork():
    connection = socket.create_connection(("127.0.0.1", {port}))
    os.write(writing, b"!")
    time.sleep(60)
os.read(reading, 1)
os.write(1, bytes(11))
time.sleep(60)
"""


def test_what_a_program_has_started_ends_with_it(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(30)
        with pytest.raises(Unanswered):
            answer(python(CHILD.format(port=server.getsockname()[1])), tmp_path, most=10)
        connection, _ = server.accept()
        with connection:
            connection.settimeout(30)
            assert connection.recv(1) == b""


def test_what_is_too_long_is_not_read(tmp_path):
    assert answer(python("print('a' * 9)"), tmp_path, most=10) == b"a" * 9 + b"\n"
    with pytest.raises(Unanswered, match=r"^it printed more than 1e-05 MB$"):
        answer(python("print('a' * 10)"), tmp_path, most=10)
