"""How many records a second pass through a paginated sync, and what a million of them do to memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from measure import NANGO, Setting, bytecode

HERE = Path(__file__).parent
PER_PAGE = 100

YAML = """\
integrations:
    acme:
        syncs:
            items:
                runs: every hour
                output: Item
                endpoint: GET /items
models:
    Address: {street: string, city: string, zip: string}
    Item:
        id: string
        name: string
        email: string
        active: boolean
        score: number
        created_at: date
        tags: string[]
        address: Address
        notes?: string
"""

SCRIPT = """\
from models import CursorPagination, Item, NangoSync, ProxyConfiguration


def fetch_data(nango: NangoSync) -> None:
    paginate = CursorPagination(
        cursor_name_in_request="cursor", cursor_path_in_response="next", response_path="items"
    )
    for items in nango.paginate(ProxyConfiguration(endpoint="/items", retries=10, paginate=paginate)):
        nango.batch_save([to_item(each) for each in items], Item)


def to_item(raw: dict) -> Item:
    return Item(
        id=raw["id"],
        name=raw["name"],
        email=raw["email"],
        active=raw["active"],
        score=raw["score"],
        created_at=raw["created_at"],
        tags=raw["tags"],
        address=raw["address"],
        notes=raw["notes"],
    )
"""


@contextmanager
def project(records: int, per_page: int) -> Iterator[Path]:
    """A project whose provider has so many records, in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "acme" / "syncs").mkdir(parents=True)
        (folder / "nango.yaml").write_text(YAML)
        (folder / "acme" / "syncs" / "items.py").write_text(SCRIPT)
        command = [sys.executable, str(HERE / "provider.py"), str(records), str(per_page)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as provider:
            assert provider.stdout is not None
            port = provider.stdout.readline().strip()
            local = f"integrations: {{acme: {{base_url: 'http://127.0.0.1:{port}', connections: {{demo: {{}}}}}}}}\n"
            (folder / "local.yaml").write_text(local)
            try:
                yield folder
            finally:
                provider.kill()


def run(folder: Path) -> dict[str, Any]:
    """The last line of a run, records written to nowhere."""
    command = [NANGO, "dryrun", "items", "demo", "--format", "ndjson"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, env={**bytecode(), "CI": "true"}) as process:
        assert process.stdout is not None
        [last] = deque(process.stdout, maxlen=1)
    data: dict[str, Any] = json.loads(last)["data"]
    assert data["status"] == "success", data
    return data


def section(setting: Setting, records: int = 100_000, many: int = 1_000_000) -> None:
    print(f"\na paginated sync of {records:,} validated records, {PER_PAGE} a page")
    with project(records, PER_PAGE) as folder:
        done = [run(folder) for _ in range(min(setting.rounds, 3) + 1)][1:]
    seconds = median(each["duration_ms"] for each in done) / 1000
    print(f"{records / seconds:,.0f} records a second ({seconds:.2f} s)")
    spent = {name: median(each["spent_ms"][name] for each in done) / 1000 for name in done[0]["spent_ms"]}
    spent["script (CPU)"] = median(each["script_cpu_ms"] for each in done) / 1000
    spent["the rest"] = seconds - sum(spent.values())
    for name, part in spent.items():
        print(f"  {name:12}{part:6.2f} s{part / seconds:8.0%}")
    with project(many, 1000) as folder:
        most = run(folder)
    print(f"{many / most['duration_ms'] * 1000:,.0f} records a second with 1,000 a page")
    for who in ("script", "nango"):
        few, lot = (each["peak_memory"][who] / 1e6 for each in (done[-1], most))
        print(f"peak memory of {who:7}{few:5.0f} MB at {records:,} records, {lot:5.0f} MB at {many:,}")
