"""Every sync of the example, interrupted at every write and run again: it ends as an undisturbed one does."""

from __future__ import annotations

import itertools
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from examples.bench import CONNECTION, SYNCS, Bench, Moment, copied, kept, named, opened
from provider_server.loopback import Answer, Asked, Loopback

from nango_cli.environments import local_file
from nango_cli.environments.destination import Task
from nango_cli.environments.store.store import Store
from nango_cli.ir.project import Integration, Sync
from nango_cli.sample_api.api import Request
from nango_cli.sample_api.registry import make

every_sync = pytest.mark.parametrize(
    ("integration", "sync"), [pytest.param(*each, id=f"{each[0].name.value}-{each[1].name.value}") for each in SYNCS]
)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with opened(tmp_path_factory.mktemp("example")) as bench:
        yield bench


def test_the_resumable_syncs_are_among_them(bench: Bench) -> None:
    resumable = {sync.name.value for integration, sync in SYNCS if bench.undisturbed(integration, sync)[0].resumable}
    assert resumable >= {"payments", "tickets"}


@every_sync
@pytest.mark.parametrize("moment", ["before", "after"])
def test_interrupted_at_every_write(bench: Bench, integration: Integration, sync: Sync, moment: Moment) -> None:
    undisturbed, expected = bench.undisturbed(integration, sync)
    assert undisturbed.writes and undisturbed.number("records")
    for at in range(1, undisturbed.writes + 1):
        with bench.store() as store:
            first = bench.run(store, integration, sync, at, moment)
            second = bench.run(store, integration, sync)
            assert (first.status, second.status) == ("interrupted", "success"), at
            assert kept(store, integration, sync) == expected, at
        repeated = first.number("records") + second.number("records") - undisturbed.number("records")
        assert repeated == first.in_flight.number("records"), at
        if undisturbed.resumable:
            assert first.number("request") + second.number("request") <= undisturbed.number("request") + 1, at


@every_sync
def test_interrupted_twice(bench: Bench, integration: Integration, sync: Sync) -> None:
    undisturbed, expected = bench.undisturbed(integration, sync)
    for first in range(1, undisturbed.writes + 1):
        for second in itertools.count(1):
            with bench.store() as store:
                bench.run(store, integration, sync, first, "after")
                if bench.run(store, integration, sync, second, "before").status == "success":
                    break  # it had fewer writes left
                assert bench.run(store, integration, sync).status == "success"
                assert kept(store, integration, sync) == expected, (first, second)


@every_sync
def test_a_resumable_sync_gets_on_however_often_it_is_interrupted(
    bench: Bench, integration: Integration, sync: Sync
) -> None:
    undisturbed, expected = bench.undisturbed(integration, sync)
    with bench.store() as store:
        runs = [bench.run(store, integration, sync, at=4)]
        while undisturbed.resumable and runs[-1].status == "interrupted":
            runs.append(bench.run(store, integration, sync, at=4))
            assert len(runs) <= undisturbed.writes, "it does not get on"
        if undisturbed.resumable:
            assert len(runs) > 1
            assert kept(store, integration, sync) == expected


def test_a_run_without_time_stops_after_a_page_and_goes_on_in_the_next(bench: Bench) -> None:
    integration, sync = named("tickets")
    undisturbed, expected = bench.undisturbed(integration, sync)
    hurried = {"from_date": "2025-01-01", "max_hours": 0}
    with bench.store() as store:
        runs = [bench.run(store, integration, sync, metadata=hurried) for _ in range(undisturbed.number("request"))]
        assert {each.status for each in runs} == {"success"}
        assert [each.number("request") for each in runs] == [1] * len(runs)
        assert kept(store, integration, sync) == expected
        assert bench.run(store, integration, sync).number("records") == 0, "nothing has changed since"
    assert sum(each.number("records") for each in runs) == undisturbed.number("records")


class Stalling(Loopback):
    """A sample API that never answers its third request."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.stalled = threading.Event()
        self._api = make(name)

    def answer(self, asked: Asked) -> Answer:
        if len(self.requests) == 3:
            self.stalled.set()
            return Answer(delay=3600)
        request = Request(asked.method, asked.path, dict(asked.query), asked.body, self.url)
        return Answer(*self._api.answer(request))


@pytest.mark.parametrize(
    ("name", "sent", "status"),
    [
        pytest.param("payments", signal.SIGKILL, -9, id="killed"),
        pytest.param("tickets", signal.SIGINT, 130, id="interrupted"),
    ],
)
def test_the_command_is_run_again(bench: Bench, tmp_path: Path, name: str, sent: signal.Signals, status: int) -> None:
    integration, sync = named(name)
    undisturbed, expected = bench.undisturbed(integration, sync)
    root = copied(tmp_path)
    command = [sys.executable, "-m", "nango_cli", "dryrun", name, CONNECTION, "--state", "--format", "json"]
    with Stalling(integration.name.value) as api:
        local = root / local_file.NAME
        local.write_text(local.read_text().replace(f"sample:{integration.name.value}", api.url))
        with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            assert api.stalled.wait(20)
            process.send_signal(sent)
            assert process.wait(10) == status
        subprocess.run(command, cwd=root, stdout=subprocess.DEVNULL, check=True)
        assert len(api.requests) == undisturbed.number("request") + 1, "the one without an answer came again"
    with Store.open(root / ".nango" / "store.sqlite", environment="local") as store:
        assert kept(store, integration, sync) == expected
        task = Task(integration.name.value, CONNECTION, name)
        assert [each.status for each in store.runs.latest(task)] == ["succeeded", "cancelled"]
