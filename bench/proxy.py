"""What the embedded environment adds to a request: CPU of a proxied one beside that of a bare httpx client's."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import httpx
from measure import ROOT, Setting

from nango_cli.environments.connection import Connection
from nango_cli.environments.exchange import ProxyRequest
from nango_cli.environments.local import LocalEnvironment
from nango_cli.environments.store.integrations import Integration
from nango_cli.environments.store.store import Store

REQUESTS = 300


def section(setting: Setting) -> None:
    print("\na request through the embedded environment: a key from the store, a definition, 2.5 KB of JSON")
    command = [sys.executable, str(ROOT / "bench" / "provider.py"), "100000", "10"]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as provider,
        tempfile.TemporaryDirectory() as name,
    ):
        assert provider.stdout is not None
        url = f"http://127.0.0.1:{provider.stdout.readline().strip()}"
        try:
            with httpx.Client(base_url=url) as bare, Store.open(Path(name, "store.sqlite")) as store:
                store.integrations.save(
                    Integration("acme", "github-pat", settings={"base_url": url, "allow_private": True})
                )
                connection = Connection("demo", "acme", "github-pat")
                store.connections.save(connection, {"type": "API_KEY", "apiKey": "key"})
                with LocalEnvironment({}, store=store) as local:
                    request = ProxyRequest("acme", "demo", "GET", "/items", {"cursor": "0"})
                    ours = _cost(lambda: local.proxy(request), setting.rounds)
                    theirs = _cost(lambda: bare.get("/items", params={"cursor": "0"}).json(), setting.rounds)
        finally:
            provider.kill()
    print(f"ours {ours * 1e6:.0f} µs CPU, a bare httpx client {theirs * 1e6:.0f} µs: {ours / theirs:.2f} times")


def _cost(ask: Callable[[], object], rounds: int) -> float:
    """Seconds of CPU for one request: the median of the rounds, after one that does not count."""
    found = []
    for _ in range(rounds + 1):
        start = time.process_time()
        for _ in range(REQUESTS):
            ask()
        found.append((time.process_time() - start) / REQUESTS)
    return median(found[1:])
