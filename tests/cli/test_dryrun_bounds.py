"""`nango dryrun` as a process of its own, against a provider that means harm: its time and its memory are bounded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from provider_server import ProviderServer

CHILD = """
import sys
from nango_cli.__main__ import main

try:
    main()
finally:
    peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:"))
    open("peak", "w").write(peak)
"""
YAML = """
integrations:
  acme:
    actions:
      get:
        endpoint: POST /get
        input: string
        output: number
"""
GET = "def run_action(nango, input):\n    return len(nango.get({'endpoint': input}).data)\n"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the peak is in /proc")


@pytest.fixture(scope="module")
def provider() -> Iterator[ProviderServer]:
    with ProviderServer() as provider:
        yield provider


def dryrun(root: Path, provider: ProviderServer, endpoint: str, limit: str) -> tuple[dict[str, object], float, float]:
    """The report, seconds and the peak of memory in megabytes."""
    (root / "acme" / "actions").mkdir(parents=True)
    (root / "acme" / "actions" / "get.py").write_text(GET)
    (root / "nango.yaml").write_text(YAML)
    local = {"integrations": {"acme": {"base_url": provider.url, "connections": {"demo": {}}}}}
    (root / "local.yaml").write_text(json.dumps(local))
    command = [sys.executable, "-c", CHILD, "dryrun", "get", "demo", "-i", endpoint, "--timeout", limit]
    start = time.monotonic()
    done = subprocess.run(
        [*command, "--format", "json"],
        cwd=root,
        env={**os.environ, "HOME": str(root)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    seconds = time.monotonic() - start
    return json.loads(done.stdout), seconds, int((root / "peak").read_text()) / 1024


@pytest.mark.parametrize("endpoint", ["/hang", "/drip", "/drip?head=1"])
def test_a_time_limit(tmp_path: Path, provider: ProviderServer, endpoint: str) -> None:
    report, seconds, peak = dryrun(tmp_path, provider, endpoint, "2")
    (found,) = report["diagnostics"]
    assert (found["code"], found["message"]) == ("NG605", "the script took longer than its time limit")
    assert 2 <= seconds < 8
    assert peak < 100


@pytest.mark.parametrize("endpoint", ["/forever", "/gzbomb", "/gzbomb?layers=2"])
def test_a_body_without_an_end(tmp_path: Path, provider: ProviderServer, endpoint: str) -> None:
    report, seconds, peak = dryrun(tmp_path, provider, endpoint, "30")
    (found,) = report["diagnostics"]
    assert (found["code"], "sent more than 256 MB in one answer" in found["message"]) == ("NG702", True)
    assert seconds < 25
    assert peak < 256 * 1.2 + 100


def test_a_large_body(tmp_path: Path, provider: ProviderServer) -> None:
    report, _, _ = dryrun(tmp_path, provider, "/large?mb=50", "50")
    assert report["data"]["output"] == (50 << 20) - 2
