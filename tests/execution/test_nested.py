"""Scripts that a script starts: how their end becomes its own."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from execution.workbench import Workbench, action, sync

from nango_cli.execution.outcome import Outcome

ASK = """
    def fetch_data(nango):
        nango.trigger_action("github", "demo", "inner")
"""


def outer(bench: Workbench, monkeypatch: pytest.MonkeyPatch, inner: str, **more: int) -> Outcome:
    bench.write("github/actions/inner.py", inner)
    script = sync("outer", "Issue")
    asked = bench.invocation(script)
    integration = replace(asked.project.integrations[0], actions=(action("inner", output="Issue"),))
    asked = replace(asked, project=replace(asked.project, integrations=(integration,)))
    monkeypatch.setattr(bench, "invocation", lambda *given: asked)
    return bench.run(script, ASK, **more)


def test_why_it_failed(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    failure = outer(bench, monkeypatch, "def run_action(nango):\n    raise ValueError('no')").failure
    assert failure is not None
    assert failure.message == "the action `inner` of `github` failed: no"
    assert failure.help == "it happened at github/actions/inner.py:2"


def test_what_does_not_fit(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    failure = outer(bench, monkeypatch, "def run_action(nango):\n    return {'id': 1}").failure
    assert failure is not None
    assert failure.code == "NG604"
    assert (failure.help or "").startswith("output.title: ")


def test_a_limit_that_was_reached(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = """
        def run_action(nango):
            list(nango.paginate({"endpoint": "/repos/octo-org/hello-world/pulls", "params": {"state": "all"}}))
            return {"id": 1, "title": "a"}
    """
    assert not outer(bench, monkeypatch, inner).limited
    assert outer(bench, monkeypatch, inner, limit_pages=1).limited


@pytest.mark.skipif(threading.current_thread() is not threading.main_thread(), reason="signals are the main thread's")
def test_a_signal_ends_both(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = """
        import os, signal, time
        def run_action(nango):
            os.kill(os.getppid(), signal.SIGTERM)
            time.sleep(60)
    """
    outcome = outer(bench, monkeypatch, inner)
    assert outcome.failure is not None
    assert (outcome.status, outcome.failure.signal) == ("stopped", "SIGTERM")
