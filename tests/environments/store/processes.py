"""Several processes on one file, as a program: forks are safe here, where there are no threads.

    python processes.py kill FILE TIMES      kill writers at any moment, and check after each what is left
    python processes.py together FILE        let two write the same records
    python processes.py memory COUNT         save, change and delete records of a temporary store, print its peak

What fails, fails with an AssertionError and status 1.
"""

from __future__ import annotations

import os
import random
import resource
import select
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

from nango_cli.environments.connection import Connection
from nango_cli.environments.destination import Counts, Destination, Task
from nango_cli.environments.store.store import Store

TASK = Task("github", "demo", "issues")
ISSUES = Destination(TASK, "Issue")
GROUPS, SIZE = 5, 40


def fork(work: Callable[[], None]) -> int:
    """The child's process id."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.stderr.flush()
    finally:
        os._exit(status)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def group(number: int, version: int) -> list[dict[str, object]]:
    return [{"id": f"{number}-{index}", "version": version, "text": "x" * 300} for index in range(SIZE)]


def write_forever(path: Path, first: int, done: int) -> None:
    """Rewrite one group after another, and say so on the pipe `done` once a group is saved."""
    with Store.open(path, environ={}) as store:
        version = first
        while True:
            run = store.runs.start(TASK, "sync")
            records = store.run_records(run)
            records.start_tracking(ISSUES)
            for number in range(GROUPS):
                records.save(ISSUES, group(number, version))
                os.write(done, bytes([number]) + version.to_bytes(4, "big"))
            records.save(ISSUES, [{"id": f"extra-{version}"}])
            records.end_tracking(ISSUES)
            records.delete(ISSUES, group(GROUPS, 0))
            records.save(ISSUES, group(GROUPS, version))
            store.state.save_checkpoint(TASK, {"version": version})
            store.connections.save(Connection("demo", "github", "github"), {"type": "API_KEY", "apiKey": str(version)})
            if version % 3 == 0:
                store.rotate_key()
            version += 1


def kill(path: Path, times: int) -> None:
    dice = random.Random(1)
    saved, busy = dict.fromkeys(range(GROUPS), 0), 0
    for turn in range(times):
        readable, done = os.pipe()
        first = max(saved.values()) + 1
        child = fork(lambda first=first, done=done: write_forever(path, first, done))
        os.close(done)
        if turn % 4:  # else it may die before it has opened the file
            select.select([readable], [], [], 10)
        time.sleep(dice.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "a writer failed by itself"
        said = b""
        while piece := os.read(readable, 65536):
            said += piece
        os.close(readable)
        busy += bool(said)
        for place in range(0, len(said), 5):
            saved[said[place]] = int.from_bytes(said[place + 1 : place + 5], "big")
        if path.exists():
            check(path, saved, whole=turn % 10 == 9 or turn == times - 1)
    assert busy > times // 2, busy
    say(f"{times} killed, {busy} while writing, last versions {saved}")


def check(path: Path, saved: dict[int, int], *, whole: bool) -> None:
    """What holds at every moment: what was reported is there, and every transaction is whole."""
    with Store.open(path, environ={}) as store:
        for number in range(GROUPS + 1):
            found = store.records.get(ISSUES, [f"{number}-{index}" for index in range(SIZE)]).values()
            versions = {record["version"] for record in found}
            assert len(found) in (0, SIZE), f"{len(found)} of group {number}"
            assert len(versions) <= 1, versions
            if number < GROUPS:
                assert max(versions, default=0) >= saved[number], (number, versions, saved)
        credentials = store.connections.credentials("github", "demo")
        checkpoint = store.state.checkpoint(TASK)
        if credentials and checkpoint:
            assert int(credentials["apiKey"]) <= int(checkpoint["version"])
        for run in store.runs.latest(limit=3):
            changes = [change.id for change in store.runs.changes(run.id) if change.id.startswith("0-")]
            assert len(changes) in (0, SIZE), len(changes)
    connection = sqlite3.connect(path)
    consistent = "SELECT count(*) FROM records r JOIN payloads p ON p.change = r.change AND p.id = r.id"
    for query in ("SELECT count(*) FROM payloads", consistent):
        assert connection.execute(query).fetchone() == connection.execute("SELECT count(*) FROM records").fetchone()
    late = "SELECT count(*) FROM records r JOIN collections c ON c.id = r.collection AND r.change > c.change"
    assert connection.execute(late).fetchone() == (0,)
    if whole:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def together(path: Path) -> None:
    """The counts that the writers were told add up to what is stored: nothing is lost or counted twice."""
    writers, batches, size = 2, 150, 40
    Store.open(path).close()
    reports = []
    for writer in range(writers):
        readable, done = os.pipe()

        def write(writer: int = writer, done: int = done) -> None:
            counts = Counts()
            with Store.open(path) as store:
                task = Task("github", "demo", f"writer-{writer}")
                shared = Destination(task, "Issue")
                for batch in range(batches):
                    ids = range(batch * 7, batch * 7 + size)
                    counts += store.records.save(shared, [{"id": id, "by": writer, "batch": batch} for id in ids])
                    counts += store.records.save(shared, [{"id": f"own-{writer}-{batch}"}])
                    if batch % 10 == 0:
                        counts += store.records.delete(shared, [{"id": id} for id in ids])
                    store.state.save_checkpoint(task, {"batch": batch})
            os.write(done, f"{counts.added} {counts.updated} {counts.deleted} {counts.unchanged}".encode())

        reports.append((fork(write), readable))
        os.close(done)
    total = Counts()
    for child, readable in reports:
        _, status = os.waitpid(child, 0)
        assert status == 0, "a writer failed"
        total += Counts(*map(int, os.read(readable, 1000).split()))
    with Store.open(path) as store:
        shared = Destination(Task("github", "demo", "any"), "Issue")
        for writer in range(writers):
            assert store.state.checkpoint(Task("github", "demo", f"writer-{writer}")) == {"batch": batches - 1}
            own = [f"own-{writer}-{batch}" for batch in range(batches)]
            assert len(store.records.get(shared, own)) == batches
        (collection,) = store.records.collections()
        assert collection.size == total.added - total.deleted, (collection, total)
    connection = sqlite3.connect(path)
    (change,) = connection.execute("SELECT change - (id << 40) FROM collections").fetchone()
    assert change == total.added + total.updated + total.deleted, (change, total)
    assert total.updated, "the writers did not meet"
    say(str(total))


def memory(count: int) -> None:
    """Peaks in bytes after a tenth and after all of the records."""
    batch = 1000

    def peak() -> int:
        status = Path("/proc/self/status")
        if status.exists():  # what getrusage says there includes the process that started this one
            (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
            return int(line.split()[1]) * 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

    with Store.open(None) as store:
        store.records.start_tracking(ISSUES)
        early = 0
        for start in range(0, count, batch):
            records = [{"id": f"{id:09}", "title": "x" * 120, "number": id} for id in range(start, start + batch)]
            assert store.records.save(ISSUES, records).added == batch
            if start % (10 * batch) == 0:
                assert store.records.save(ISSUES, records).unchanged == batch
            if start == count // 10:
                early = peak()
        say(f"{early} {peak()}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["kill", file, times]:
            kill(Path(file), int(times))
        case ["together", file]:
            together(Path(file))
        case ["memory", number]:
            memory(int(number))
