"""A whole dry run of a small sync, compiled first, beside Nango's own CLI: one server, one script in two languages."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commands import PEER, missing_peer
from measure import NANGO, ROOT, Run, Setting, measure

YAML = """\
integrations:
    acme:
        syncs:
            items:
                runs: every hour
                output: Item
                endpoint: GET /items
models:
    Item:
        id: string
        name: string
"""

PYTHON = """\
from models import CursorPagination, Item, NangoSync, ProxyConfiguration


def fetch_data(nango: NangoSync) -> None:
    paginate = CursorPagination(
        cursor_name_in_request="cursor", cursor_path_in_response="next_cursor", response_path="items"
    )
    for items in nango.paginate(ProxyConfiguration(endpoint="/cursor", retries=10, paginate=paginate)):
        nango.batch_save([Item(id=each["id"], name=each["name"]) for each in items], Item)
"""

TYPESCRIPT = """\
import type { Item, NangoSync, ProxyConfiguration } from '../../models';

export default async function fetchData(nango: NangoSync): Promise<void> {
    const request: ProxyConfiguration = {
        endpoint: '/cursor',
        retries: 10,
        paginate: {
            type: 'cursor',
            cursor_name_in_request: 'cursor',
            cursor_path_in_response: 'next_cursor',
            response_path: 'items'
        }
    };
    for await (const items of nango.paginate<Item>(request)) {
        await nango.batchSave(items.map((each) => ({ id: each.id, name: each.name })), 'Item');
    }
}
"""


def section(setting: Setting) -> None:
    print("\na dry run of a small sync on a server, with compiling: 3 requests, 25 records")
    # A script's process knows nothing of our environment. Where nango is installed, bytecode lies beside its modules.
    compileall.compile_dir(ROOT / "nango_cli", quiet=1)
    with tempfile.TemporaryDirectory() as name, server() as environment:
        ours, theirs = Path(name, "ours"), Path(name, "theirs")
        for folder, file, text in ((ours, "items.py", PYTHON), (theirs, "items.ts", TYPESCRIPT)):
            (folder / "acme" / "syncs").mkdir(parents=True)
            (folder / ".nango").mkdir()
            (folder / "nango.yaml").write_text(YAML)
            (folder / "acme" / "syncs" / file).write_text(text)
        arguments = ["dryrun", "items", "demo", "-e", "dev", "--auto-confirm"]
        os.environ.update(environment)
        runs = [Run([NANGO, *arguments], ours)]
        missing = missing_peer(setting.with_npm)
        if not missing:
            (theirs / "node_modules").symlink_to(PEER.parents[1])
            runs.append(Run([str(PEER), *arguments], theirs))
        costs = measure(*runs, rounds=setting.rounds)
    for what, cost in zip(("ours", "Nango's CLI"), costs, strict=False):
        print(f"{what:12}{cost.wall * 1000:8.0f} ms wall{cost.cpu * 1000:8.0f} ms CPU{cost.peak / 1e6:7.0f} MB")
    if missing:
        print(f"(no comparison with Nango's own CLI: {missing})")
    else:
        print(f"{costs[1].wall / costs[0].wall:.1f} times as fast")


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """The loopback server of the tests; the variables that lead to it."""
    command = [sys.executable, "-m", "nango_server", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT / "tests", stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url, key = process.stdout.readline().split()
        try:
            yield {"NANGO_HOSTPORT": url, "NANGO_SECRET_KEY_DEV": key}
        finally:
            process.kill()
