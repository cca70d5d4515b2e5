"""While a provider is waited for, a run ends as it does while its script works: on time, or when it is told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from execution.workbench import Workbench, action
from provider_server import ProviderServer

GET = "def run_action(nango):\n    return nango.get({'endpoint': '%s', 'retries': 3}).data"
SCRIPT = action("get", output="Any")


@pytest.fixture
def provider() -> Iterator[ProviderServer]:
    with ProviderServer() as provider:
        yield provider


@pytest.mark.parametrize("endpoint", ["/hang", "/drip", "/drip?head=1"])
def test_the_time_limit(bench: Workbench, provider: ProviderServer, endpoint: str) -> None:
    bench.serve(provider.url)
    start = time.monotonic()
    outcome = bench.run(SCRIPT, GET % endpoint, time_limit=0.6)
    assert time.monotonic() - start < 3
    assert outcome.failure is not None
    assert (outcome.status, outcome.failure.code, outcome.failure.type) == ("stopped", "NG605", "Stopped")
    assert outcome.failure.message == "the script took longer than its time limit"
    assert [each.status for each in outcome.requests] == [None]
    assert outcome.retries == 0
    assert outcome.spent.script_memory > 0


def test_a_stop(bench: Workbench, provider: ProviderServer) -> None:
    bench.serve(provider.url)
    stop = threading.Event()
    provider.listeners.append(lambda asked: stop.set())
    outcome = bench.run(SCRIPT, GET % "/hang", stop=stop)
    assert outcome.failure is not None
    assert (outcome.status, outcome.failure.message) == ("stopped", "the run was stopped")
    assert outcome.duration < 5


def test_the_time_limit_of_a_script_that_waits_for_another(
    bench: Workbench, provider: ProviderServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.serve(provider.url)
    bench.write("github/actions/get.py", GET % "/hang")
    text = """
        def run_action(nango):
            try:
                return nango.trigger_action("github", "demo", "get")
            except Exception as error:
                return str(error)
    """
    outer = action("outer", output="Any")
    asked = bench.invocation(outer)
    integration = replace(asked.project.integrations[0], actions=(SCRIPT, outer))
    asked = replace(asked, project=replace(asked.project, integrations=(integration,)))
    monkeypatch.setattr(bench, "invocation", lambda *given: asked)
    outcome = bench.run(outer, text, time_limit=1)
    assert outcome.failure is not None
    assert (outcome.status, outcome.failure.message) == ("stopped", "the script took longer than its time limit")
    assert len(outcome.requests) == 1


@pytest.mark.parametrize("name", ["X Y", "X:Y", "", "é"])
def test_names_of_headers(bench: Workbench, provider: ProviderServer, name: str) -> None:
    refused(bench, provider, name, "a", ascii(name)[1:-1])


@pytest.mark.parametrize("value", ["planted\nX: y", "planted\r", "\0planted", " planted", "planted\t"])
def test_values_of_headers(bench: Workbench, provider: ProviderServer, value: str) -> None:
    refused(bench, provider, "X-Name", value, "X-Name")


def refused(bench: Workbench, provider: ProviderServer, name: str, value: str, shown: str) -> None:
    bench.serve(provider.url)
    text = f"def run_action(nango):\n    nango.post({{'endpoint': '/echo', 'headers': {{{name!r}: {value!r}}}}})"
    outcome = bench.run(SCRIPT, text)
    assert outcome.failure is not None
    assert (outcome.failure.code, outcome.failure.type) == ("NG601", "SdkError")
    assert outcome.failure.message == f"the header `{shown}` cannot be sent"
    assert (outcome.requests, outcome.side_effects, provider.requests) == ((), (), [])
