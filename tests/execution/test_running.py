"""Scripts of every kind, good and bad, in real processes."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from execution.workbench import Workbench, action, gone, on_event, sync

from nango_cli.environments.destination import Counts
from nango_cli.errors import EnvironmentFailure, RunError
from nango_cli.execution.event import LogLine
from nango_cli.execution.outcome import Failure, Frame, Outcome

ISSUES = sync("issues", "Issue")
ECHO = action("echo")


def failure(outcome: Outcome) -> Failure:
    assert outcome.failure is not None
    return outcome.failure


def test_print_and_stdin_do_not_touch_the_channel(bench: Workbench, capfd: pytest.CaptureFixture[str]) -> None:
    outcome = bench.run(
        ISSUES,
        """
        import os, sys, subprocess

        def fetch_data(nango):
            print('{"jsonrpc": "2.0", "id": 0, "result": {"output": "fake"}}', flush=True)
            print("to stderr é", file=sys.stderr)
            os.write(1, b"raw bytes")
            subprocess.run([sys.executable, "-c", "print('a child')"], check=True)
            nango.batch_save([{"id": 1, "title": "one"}])
        """,
    )
    assert outcome.status == "success"
    assert outcome.counts == {"Issue": Counts(added=1)}
    out, err = capfd.readouterr()
    assert '"fake"' in out
    assert "raw bytes" in out
    assert "a child" in out
    assert err == "to stderr é\n"


def test_output_can_be_kept_off_stdout(bench: Workbench, capfd: pytest.CaptureFixture[str]) -> None:
    bench.run(ECHO, "def run_action(nango):\n    print('hello')", output_to_stderr=True)
    assert capfd.readouterr() == ("", "hello\n")


def test_an_exception_is_reported_with_the_users_own_frames(bench: Workbench) -> None:
    bench.write("github/mappers/to_issue.py", "def to_issue(raw):\n    return raw['nope']\n")
    outcome = bench.run(
        ISSUES,
        """\
        from ..mappers.to_issue import to_issue

        def fetch_data(nango):
            nango.batch_save([{"id": 1, "title": "kept"}])
            list(map(to_issue, [{}]))
        """,
    )
    assert outcome.status == "failure"
    assert failure(outcome) == Failure(
        "NG601",
        "KeyError",
        "'nope'",
        frames=(
            Frame("github/syncs/issues.py", 5, "fetch_data", "list(map(to_issue, [{}]))"),
            Frame("github/mappers/to_issue.py", 2, "to_issue", "return raw['nope']"),
        ),
    )
    assert outcome.counts == {"Issue": Counts(added=1)}


def test_an_action_error_carries_its_payload(bench: Workbench) -> None:
    text = "def run_action(nango):\n    raise nango.ActionError({'message': 'no such user', 'id': 7})"
    found = failure(bench.run(ECHO, text))
    assert (found.code, found.type, found.message) == ("NG601", "ActionError", "no such user")
    assert found.payload == {"message": "no such user", "id": 7}


@pytest.mark.parametrize(
    ("statement", "exit_code", "signal", "message"),
    [
        ("os._exit(3)", 3, None, "the script's process ended with exit code 3 before it was done"),
        ("os._exit(0)", 0, None, "the script's process ended with exit code 0 before it was done"),
        ("os.kill(os.getpid(), 9)", None, "SIGKILL", "the script's process was ended by SIGKILL"),
        ("os.abort()", None, "SIGABRT", "the script's process was ended by SIGABRT"),
    ],
)
def test_a_crash(bench: Workbench, statement: str, exit_code: int | None, signal: str | None, message: str) -> None:
    outcome = bench.run(ISSUES, f"import os\ndef fetch_data(nango):\n    {statement}")
    assert outcome.status == "crash"
    found = failure(outcome)
    assert (found.code, found.exit_code, found.signal, found.message) == ("NG605", exit_code, signal, message)


def test_a_grandchild_that_holds_everything_open_does_not_hold_us(bench: Workbench) -> None:
    outcome = bench.run(
        ISSUES,
        """
        import os, time

        def fetch_data(nango):
            pid = os.fork()
            if pid == 0:
                time.sleep(60)
            nango.log(str(pid))
            os._exit(5)
        """,
    )
    assert failure(outcome).exit_code == 5
    [line] = [event for event in bench.events if isinstance(event, LogLine)]
    assert gone(int(line.text))


def test_closing_the_channel_is_a_crash(bench: Workbench) -> None:
    text = "import os, time\ndef fetch_data(nango):\n    os.closerange(3, 50)\n    os.execv('/bin/true', ['true'])"
    found = failure(bench.run(ISSUES, text))
    # Either its new program ended first, or the guest's own watch over the channel ended it.
    assert found.code == "NG605"
    assert (found.exit_code, found.signal) in ((0, None), (None, "SIGKILL"))


def test_a_loop_ends_at_the_time_limit(bench: Workbench) -> None:
    outcome = bench.run(ISSUES, "def fetch_data(nango):\n    while True: pass", time_limit=0.4)
    assert outcome.status == "stopped"
    assert failure(outcome).message == "the script took longer than its time limit"


def test_a_loop_of_requests_can_be_stopped(bench: Workbench) -> None:
    stop = threading.Event()
    threading.Timer(0.4, stop.set).start()
    text = "def fetch_data(nango):\n    while True:\n        nango.log('on and on')"
    outcome = bench.run(ISSUES, text, stop=stop)
    assert (outcome.status, failure(outcome).code) == ("stopped", "NG605")


@pytest.mark.parametrize("statement", ["sys.exit(4)", "exit()", "raise SystemExit('bye')"])
def test_exit_inside_a_script(bench: Workbench, statement: str) -> None:
    found = failure(bench.run(ISSUES, f"import sys\ndef fetch_data(nango):\n    {statement}"))
    assert (found.code, found.type, found.help) == ("NG601", "SystemExit", "return instead")


def test_keyboard_interrupt_inside_a_script(bench: Workbench) -> None:
    outcome = bench.run(ISSUES, "def fetch_data(nango):\n    raise KeyboardInterrupt")
    assert (outcome.status, failure(outcome).type) == ("interrupted", "Interrupted")


def test_secrets_stay_here(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {"NANGO_SECRET_KEY": "s3cret", "NANGO_SECRET_KEY_DEV": "s3cret", "GITHUB_TOKEN": "s3cret", "LC_ALL": "C"}
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    outcome = bench.run(action("env", output="Any"), "import os\ndef run_action(nango): return dict(os.environ)")
    known = {"PATH", "HOME", "LANG", "TZ", "TMPDIR", "SYSTEMROOT"}
    assert all(name in known or name.startswith("LC_") for name in outcome.output)
    assert outcome.output["LC_ALL"] == "C"
    assert "s3cret" not in str(outcome.output)


def test_a_hyphenated_folder_and_one_models_module(bench: Workbench) -> None:
    bench.integrations["google-calendar"] = bench.integrations["github"]
    bench.write("google-calendar/mappers/to-event.py", "")
    bench.write("google-calendar/mappers/to_event.py", "from ...models import Issue\n")
    outcome = bench.run(
        sync("all-events", "Issue"),
        """
        import sys
        import models
        from models import Issue
        from ...models import Issue as Other
        from ..mappers.to_event import Issue as Third
        from ... import models as fourth

        def fetch_data(nango):
            assert Issue is Other is Third
            assert models is fourth is sys.modules["models"]
            nango.batch_save([Issue(id=1, title="x")])
        """,
        integration="google-calendar",
    )
    assert outcome.failure is None
    assert bench.saved == [{"id": 1, "title": "x"}]


def test_an_integration_never_hides_an_installed_package(bench: Workbench) -> None:
    for name in ("httpx", "email"):
        bench.integrations[name] = bench.integrations["github"]
        bench.write(f"{name}/__init__.py", "")
        text = "import email, httpx\nhttpx.Client, email.message_from_string\ndef fetch_data(nango): pass"
        assert bench.run(ISSUES, text, integration=name).failure is None


@pytest.mark.parametrize("path", ["github/syncs/pull_requests.py", "github/syncs/pull-requests.py", "pull_requests.py"])
def test_places_of_a_script(bench: Workbench, path: str) -> None:
    bench.write(path, "from models import Issue\ndef fetch_data(nango): return [Issue(id=1, title='a')]")
    assert bench.run(sync("pull-requests", "Issue")).counts == {"Issue": Counts(added=1)}


def test_async_scripts(bench: Workbench) -> None:
    outcome = bench.run(
        action("slow", "Any", "Any"),
        """
        import asyncio

        async def run_action(nango, input):
            await asyncio.sleep(0)
            return {"got": input}
        """,
        input=[1],
    )
    assert outcome.output == {"got": [1]}


def test_metadata_and_input_come_as_models(bench: Workbench) -> None:
    text = """
        from __future__ import annotations
        from typing import TYPE_CHECKING
        import models
        if TYPE_CHECKING:
            from models import Metadata

        def fetch_data(nango, metadata: Metadata):
            assert metadata == nango.get_metadata(models.Metadata)
            assert nango.get_metadata() == {"owner": "me", "repo": "mine"}
            nango.batch_save([{"id": 1, "title": metadata.owner}])
    """
    assert bench.run(ISSUES, text, metadata={"owner": "me", "repo": "mine"}).failure is None
    assert bench.saved[0]["title"] == "me"
    found = failure(bench.run(ISSUES, text, metadata={"owner": "me"}))
    assert found.message == "the connection's metadata does not fit Metadata: repo: Field required"


def test_what_a_script_can_know(bench: Workbench) -> None:
    outcome = bench.run(
        ISSUES,
        """
        def fetch_data(nango):
            assert nango.last_sync_date.isoformat() == "2026-01-02T03:04:05+00:00"
            assert (nango.connection_id, nango.provider_config_key, nango.provider) == ("demo", "github", "github")
            assert nango.get_connection() == {
                "connection_id": "demo",
                "provider_config_key": "github",
                "provider": "github",
                "metadata": {"owner": "octo-org", "repo": "hello-world"},
                "connection_config": {},
                "tags": {},
                "errors": [],
                "created_at": None,
            }
            nango.log("count", {"a": [1]}, None, level="warn")
            nango.log(ValueError("x"), level="verbose")
        """,
        last_sync_date=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    )
    assert outcome.failure is None
    assert bench.events == [LogLine("warn", 'count {"a": [1]} null'), LogLine("debug", "ValueError: x")]


def test_an_on_event_script(bench: Workbench) -> None:
    outcome = bench.run(on_event("setup"), "def on_event(nango):\n    nango.log(nango.connection_id)")
    assert outcome.status == "success"
    assert bench.events == [LogLine("info", "demo")]


@pytest.mark.parametrize(
    ("text", "code", "message", "help"),
    [
        ("", "NG402", "issues.py has no function `fetch_data`", "define `def fetch_data(nango)` or"),
        ("def fetch_data(): pass", "NG402", "`fetch_data` has the wrong parameters", "define"),
        ("def fetch_data(a, b, c): pass", "NG402", "`fetch_data` has the wrong parameters", "define"),
        ("def fetch_data(nango): return {}", "NG601", "`fetch_data` returned a dict", "return nothing"),
        ("def fetch_data(nango):\n    yield []", "NG601", "`fetch_data` returned a generator", "return nothing"),
        ("import nowhere", "NG601", "No module named 'nowhere'", "install it"),
        ("import models.nope", "NG601", "No module named 'models.nope'; 'models' is not a package", "install it"),
    ],
)
def test_scripts_that_cannot_run(bench: Workbench, text: str, code: str, message: str, help: str) -> None:
    found = failure(bench.run(ISSUES, text))
    assert (found.code, found.message) == (code, message)
    assert found.help is not None
    assert help in found.help


def test_a_syntax_error_has_a_place(bench: Workbench) -> None:
    found = failure(bench.run(ISSUES, "x = 1\ndef fetch_data(nango:\n    pass\n"))
    assert found.type == "SyntaxError"
    assert found.frames[-1] == Frame("github/syncs/issues.py", 2, "<module>", "def fetch_data(nango:")


def test_models_that_were_never_generated(bench: Workbench) -> None:
    (bench.root / "models.py").unlink()
    found = failure(bench.run(ISSUES, "from models import Issue"))
    assert found.help == "run `nango generate` to write models.py"


def test_a_missing_script_says_where_it_belongs(bench: Workbench) -> None:
    with pytest.raises(RunError) as caught:
        bench.run(sync("pull-requests", "Issue"))
    assert caught.value.code == "NG401"
    assert caught.value.help == "write it in github/syncs/pull_requests.py"


def test_an_unknown_connection_is_raised(bench: Workbench) -> None:
    with pytest.raises(EnvironmentFailure, match="`github` has no connection `demi`") as caught:
        bench.run(ISSUES, "", connection_id="demi")
    assert caught.value.code == "NG701"


def test_input_and_output_are_checked(bench: Workbench) -> None:
    copy = "def run_action(nango, input):\n    nango.log('ran')\n    return {'owner': 1}"
    script = action("copy", "Metadata", "Metadata")
    found = failure(bench.run(script, copy, input={"owner": "a"}))
    assert (found.code, found.message) == ("NG603", "the input of `copy` is not a valid Metadata")
    assert [(each.path, each.message) for each in found.problems] == [("input.repo", "is missing")]
    assert bench.events == []
    found = failure(bench.run(script, input={"owner": "a", "repo": "b"}))
    assert [(each.path, each.message) for each in found.problems] == [
        ("output.owner", "expected a string, got the number 1"),
        ("output.repo", "is missing"),
    ]
    assert found.code == "NG604"
    assert (
        failure(bench.run(action("copy"), copy, input={"a": 1})).message == "`copy` declares no input, but there is one"
    )
    assert failure(bench.run(action("copy"), copy)).code == "NG604"


def test_large_values_cross_in_both_directions(bench: Workbench) -> None:
    big = "ü" * 3_000_000
    text = "def run_action(nango, input):\n    return {'owner': input['owner'][::-1], 'repo': '\\ud800'}"
    outcome = bench.run(action("big", "Any", "Any"), text, input={"owner": big})
    assert outcome.output == {"owner": big, "repo": "\ud800"}


def test_threads_share_the_channel_and_forks_do_not(bench: Workbench) -> None:
    outcome = bench.run(
        ISSUES,
        """
        import os
        from concurrent.futures import ThreadPoolExecutor

        def save(nango, id):
            nango.batch_save([{"id": id, "title": nango.get_metadata()["repo"]}])

        def fetch_data(nango):
            with ThreadPoolExecutor(8) as pool:
                list(pool.map(lambda id: save(nango, id), range(100)))
            pid = os.fork()
            if pid == 0:
                try:
                    nango.log("from a fork")
                except Exception as error:
                    os._exit(0 if "forked" in str(error) else 1)
            assert os.waitpid(pid, 0)[1] == 0
        """,
    )
    assert outcome.failure is None
    assert outcome.counts == {"Issue": Counts(added=100)}


def test_nan_has_no_place_in_a_record(bench: Workbench) -> None:
    text = "def fetch_data(nango):\n    nango.batch_save([{'id': float('nan')}])"
    assert "NaN" in failure(bench.run(ISSUES, text)).message


def test_nothing_is_left_behind(bench: Workbench) -> None:
    outcome = bench.run(
        ISSUES,
        """
        import os, subprocess, sys, threading, time

        def fetch_data(nango):
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
            threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
            nango.log(str(child.pid))
        """,
    )
    assert outcome.status == "success"
    [line] = bench.events
    assert isinstance(line, LogLine)
    assert gone(int(line.text))
    assert not list(bench.root.rglob("__pycache__"))
