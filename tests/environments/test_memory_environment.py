"""What tests use instead of the world, and what lasts only as long as the process."""

from __future__ import annotations

import pytest

from nango_cli.environments.connection import Connection
from nango_cli.environments.destination import Destination, Task
from nango_cli.environments.environment import Environment
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse
from nango_cli.environments.locks import MemoryLocks
from nango_cli.environments.memo import Memo
from nango_cli.environments.memory import MemoryEnvironment
from nango_cli.errors import EnvironmentFailure

TASK = Task("acme", "demo", "users")


def test_what_is_noted() -> None:
    request = ProxyRequest("acme", "demo", "GET", "/a")
    with MemoryEnvironment([Connection("demo", "acme", "acme")]) as memory:
        environment: Environment = memory
        assert environment.proxy(request) == ProxyResponse(404, {}, {"message": "Not Found"}, "/a")
        environment.trigger_sync(TASK, "full_refresh")
        environment.start_sync([TASK])
        environment.log("acme", "demo", "users", "warn", "careful")
    assert memory.requests == [request]
    assert memory.triggered == [(TASK, "full_refresh"), (TASK, "start")]
    assert memory.lines == [("warn", "careful")]


def test_an_empty_environment() -> None:
    with MemoryEnvironment() as memory:
        assert (list(memory.connections()), list(memory.variables()), set(memory.secrets())) == ([], [], set())
        with pytest.raises(EnvironmentFailure) as caught:
            memory.connection("acme", "demo")
    assert (caught.value.message, caught.value.help) == (
        "the environment has no integration `acme`",
        "integrations: none",
    )


def test_two_environments_keep_records_apart() -> None:
    users = Destination(TASK, "User")
    with MemoryEnvironment() as one, MemoryEnvironment() as other:
        one.save(users, [{"id": "1"}])
        assert other.read(users).records == ()


def test_a_memo() -> None:
    now = 0.0
    memo: Memo[str, float] = Memo(60.0, lambda: now)
    assert memo.get("a", lambda: 1.0) == 1.0
    now = 59.9
    assert memo.get("a", lambda: 2.0) == 1.0
    now = 60.0
    assert memo.get("a", lambda: 2.0) == 2.0
    memo.forget("a")
    memo.forget("nobody")
    assert memo.get("a", lambda: 3.0) == 3.0
    with pytest.raises(ZeroDivisionError):
        memo.get("b", lambda: 1 / 0)
    assert memo.get("b", lambda: 4.0) == 4.0


def test_locks_end_by_themselves() -> None:
    now = 0.0
    locks = MemoryLocks(lambda: now)
    other = Task("acme", "other", "users")
    assert locks.acquire(TASK, "a", 1000)
    now = 0.999
    assert not locks.acquire(other, "a", 1000)
    now = 1.0
    assert locks.acquire(other, "a", 1000)
    assert not locks.release(TASK, "a")
    now = 3.0
    assert not locks.release(other, "a")
