"""How fast the embedded store saves records, as a share of a bare loop that hashes and upserts them.

The bare loop is what nobody can leave out: parse a page, write each record as sorted JSON, hash it, and upsert it where
the hash differs, into a table that knows nothing but the id. The store does that and keeps the order of changes, the
times, counts, deletions and tracking.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

import orjson
from measure import Setting

from nango_cli.environments.destination import Destination, Task
from nango_cli.environments.store.store import Store

PAGES, PAGE = 30, 1000
ISSUES = Destination(Task("github", "demo", "issues"), "Issue")

Save = Callable[[list[dict[str, object]]], object]


def section(setting: Setting) -> None:
    """Print records per second; medians, the sides in turns."""
    pages = {order: [made(order, version) for version in (0, 1)] for order in ("in any order", "in order")}
    size = len(pages["in order"][0][0]) // PAGE
    print(f"\nsaving {PAGES * PAGE:,} records of {size} bytes, records per second")
    print(f"{'':28}{'bare loop':>12}{'store':>12}{'share':>8}{'temporary':>12}{'share':>8}")
    for order, (first, second) in pages.items():
        times: dict[tuple[str, str], list[float]] = {}
        for _ in range(min(setting.rounds, 3)):
            for name, side in (("bare", bare), ("file", in_file), ("temporary", temporary)):
                with tempfile.TemporaryDirectory() as folder, side(Path(folder, "store.sqlite")) as save:
                    for what, content in (("insert", first), ("unchanged", first), ("changed", second)):
                        times.setdefault((what, name), []).append(seconds(save, content))
        for what in ("insert", "unchanged", "changed"):
            loop, store, private = (
                PAGES * PAGE / statistics.median(times[what, name]) for name in ("bare", "file", "temporary")
            )
            ours = f"{store:12,.0f}{store / loop:8.0%}{private:12,.0f}{private / loop:8.0%}"
            print(f"{f'{what}, ids {order}':28}{loop:12,.0f}{ours}", flush=True)


def made(order: str, version: int) -> list[bytes]:
    """The pages that a provider sends; in any order is how most ids come."""
    dice = random.Random(1)
    ids = range(PAGES * PAGE)
    return [
        orjson.dumps(
            [
                {
                    "id": f"{dice.getrandbits(64) if order == 'in any order' else id:016x}",
                    "version": version,
                    "title": f"record {id}",
                    "nested": {"number": id, "list": [1, 2, 3]},
                    **{f"field_{field}": f"value {id} of field {field}" for field in range(12)},
                }
                for id in ids[start : start + PAGE]
            ]
        )
        for start in ids[::PAGE]
    ]


def seconds(save: Save, pages: list[bytes]) -> float:
    start = time.perf_counter()
    for content in pages:
        save(orjson.loads(content))
    return time.perf_counter() - start


@contextmanager
def bare(path: Path) -> Iterator[Save]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("CREATE TABLE records (id TEXT PRIMARY KEY, hash BLOB, data BLOB) WITHOUT ROWID")

    def save(batch: list[dict[str, object]]) -> None:
        rows = []
        for record in batch:
            data = orjson.dumps(record, option=orjson.OPT_SORT_KEYS)
            rows.append((record["id"], blake2b(data, digest_size=16).digest(), data))
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO records VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
            " SET hash = excluded.hash, data = excluded.data WHERE hash <> excluded.hash",
            rows,
        )
        connection.execute("COMMIT")

    yield save
    connection.close()


@contextmanager
def in_file(path: Path) -> Iterator[Save]:
    with Store.open(path) as store:
        yield lambda batch: store.records.save(ISSUES, batch)


@contextmanager
def temporary(_: Path) -> Iterator[Save]:
    with Store.open(None) as store:
        yield lambda batch: store.records.save(ISSUES, batch)
