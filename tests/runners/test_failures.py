"""How a script failed, as its author is told."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from runners.guest import Guests, run_params

from nango_cli.runners import python
from nango_cli.runners.pump import Raised, Returned, pump


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_script_without_a_stream(guests: Guests, stream: str) -> None:
    text = f"import sys\ndef run_action(nango):\n    sys.{stream} = None\n    return 1"
    assert guests.output(text) == 1


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("exceptions = None", "why"),
        ("reason = property(lambda self: 1 / 0)", "why"),
        ("args = property(lambda self: 1 / 0)", "why"),
        ("def __str__(self): raise SystemExit", "(its message cannot be shown)"),
    ],
)
def test_an_exception_that_raises_when_it_is_looked_at(guests: Guests, body: str, message: str) -> None:
    text = f"class Odd(Exception):\n    {body}\ndef run_action(nango):\n    raise Odd('why')"
    error = guests.error(text, confinement=guests.confinement())
    assert (error["type"], error["message"]) == ("Odd", message)
    assert error["frames"][-1]["line"] == 4


def test_a_group_that_raises_when_it_is_looked_at(guests: Guests) -> None:
    text = """
        class Odd(ExceptionGroup):
            exceptions = property(lambda self: 1 / 0)
        def run_action(nango):
            raise Odd("why", [ValueError()])
    """
    error = guests.error(text, confinement=guests.confinement())
    assert (error["type"], error["frames"][-1]["line"]) == ("Odd", 5)


@pytest.mark.parametrize(
    ("use", "help"),
    [
        ("json()", "the parsed body is `.data`"),
        ("text", "the parsed body is `.data`"),
        ("content", "the parsed body is `.data`"),
        ("status_code", "the status is `.status`"),
        ("nothing", None),
    ],
)
def test_a_response_as_of_another_client(guests: Guests, use: str, help: str | None) -> None:
    text = f"from nango_cli.sdk import Response\ndef run_action(nango):\n    return Response([]).{use}"
    error = guests.error(text)
    assert (error["type"], error.get("help")) == ("AttributeError", help)
    text = "def run_action(nango):\n    return [].json()"
    assert guests.error(text).get("help") is None


def test_what_an_exception_was_raised_for(guests: Guests) -> None:
    text = """
        def find():
            raise KeyError("deep")
        def run_action(nango):
            try:
                find()
            except KeyError as error:
                {statement}
    """
    error = guests.error(text.format(statement="raise RuntimeError('x') from error"))
    assert error["help"] == "caused by KeyError: 'deep' (github/actions/script.py:3)"
    assert guests.error(text.format(statement="raise RuntimeError('x')"))["help"] == error["help"]
    assert "help" not in guests.error(text.format(statement="raise RuntimeError('x') from None"))


def test_the_members_of_a_group(guests: Guests) -> None:
    text = """
        import asyncio
        async def fail(word):
            raise ValueError(word)
        async def run_action(nango):
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(fail("one"))
                tasks.create_task(fail("two"))
    """
    lines = [f"caused by ValueError: {word} (github/actions/script.py:4)" for word in ("one", "two")]
    assert (guests.error(text)["help"] or "").splitlines() == lines


def test_recursion_is_told_once(guests: Guests) -> None:
    text = """
        def even(n): return odd(n + 1)
        def odd(n): return even(n + 1)
        def run_action(nango):
            even(0)
    """
    frames = guests.error(text)["frames"]
    assert [frame["line"] for frame in frames][:5] == [5, 2, 3, 2, 3]
    assert len(frames) <= 8


def test_a_long_message_is_cut(guests: Guests) -> None:
    message = guests.error("def run_action(nango): raise ValueError('x' * 3_000_000)")["message"]
    assert message == "x" * 4000 + "... (3,000,000 characters in all)"


def test_classes_of_the_project_go_by_their_name(guests: Guests) -> None:
    assert guests.error("class Odd(Exception): pass\ndef run_action(nango): raise Odd")["type"] == "Odd"


def test_a_decorator_without_wraps(guests: Guests) -> None:
    decorator = """
        def decorated(function):
            def inner(*args, **kwargs):
                return function(*args, **kwargs)
            return inner
        @decorated
    """
    text = textwrap.dedent(decorator)
    assert guests.output(text + "def run_action(nango, input): return input", input={"a": 1}) == {"a": 1}
    assert guests.output(text + "def run_action(nango): return 1", input={"a": 1}) == 1
    guests.run(text + "def fetch_data(nango): nango.batch_save([{'id': 1}])", "sync")
    assert guests.said("records.save") == [{"model": "Issue", "records": [{"id": 1}], "first": 0}]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("float('inf')", "records[1100].n is NaN or infinite, which JSON cannot hold"),
        ("Decimal('Infinity')", "records[1100].n is NaN or infinite, which JSON cannot hold"),
        ("Decimal('sNaN')", "records[1100].n is NaN or infinite, which JSON cannot hold"),
        ("Decimal('1e999999')", "records[1100].n has more than 4300 digits"),
        ("Issue", "records[1100].n is the class Issue, not an instance of one"),
    ],
)
def test_values_that_json_cannot_hold(guests: Guests, value: str, message: str) -> None:
    text = f"""
        from decimal import Decimal
        from models import Issue
        def fetch_data(nango):
            nango.batch_save({{"id": i, "n": {value} if i == 1100 else 1}} for i in range(1200))
    """
    assert guests.error(text, "sync")["message"] == message


def test_a_record_that_holds_itself(guests: Guests) -> None:
    text = """
        def fetch_data(nango):
            record = {"id": 1}
            record["self"] = record
            nango.batch_save([{"id": 0}, record])
    """
    assert guests.error(text, "sync")["message"] == "records[1] holds itself, or is nested too deeply"


def test_secrets_of_a_response_are_not_printed(guests: Guests, capfd: pytest.CaptureFixture[str]) -> None:
    guests.answers["proxy"] = {
        "status": 200,
        "headers": {"x-api-key": "key-planted", "set-cookie": "sid=cookie-planted; Path=/some/where"},
        "body": {"kind": "json", "value": {"access_token": "token-planted", "list": [{"password": "word-planted"}]}},
    }
    guests.output("def run_action(nango):\n    r = nango.get({'endpoint': '/x'})\n    print(r.data, r.headers)")
    printed = capfd.readouterr().out
    assert "planted" not in printed
    assert "'access_token': '***'" in printed
    assert "Path=/some/where" in printed


def test_nobody_reads_what_is_printed(guests: Guests) -> None:
    file = guests.write("github/actions/script.py", "def run_action(nango):\n    while True: print('x')")
    code = f"""
import os, sys
sys.path[:0] = {[str(Path(__file__).parents[1])]!r}
from pathlib import Path
from runners.guest import Guests
error = Guests(Path({str(guests.root)!r})).run({file.read_text()!r}).ending.error
print(error["code"], error["type"], file=sys.stderr)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as host:
        assert host.stdout is not None
        assert host.stderr is not None
        assert host.stdout.readline() == b"x\n"
        host.stdout.close()
        assert host.stderr.read().split() == [b"NG605", b"ReaderGone"]


def test_a_pipe_of_the_scripts_own_that_breaks(guests: Guests) -> None:
    text = """
        import os
        def run_action(nango):
            theirs, ours = os.pipe()
            os.close(theirs)
            os.write(ours, b"x")
    """
    error = guests.error(text)
    assert (error["type"], error.get("code")) == ("BrokenPipeError", None)


@pytest.mark.skipif(sys.platform != "linux", reason="confinement is Linux's")
def test_confinement_says_what_was_in_the_way(guests: Guests, tmp_path: Path) -> None:
    text = "import multiprocessing\ndef run_action(nango): multiprocessing.Lock()"
    error = guests.error(text, confinement=guests.confinement())
    if not error["confined"]:
        pytest.skip("this kernel has no Landlock")
    assert "cannot share memory with other processes" in (error["help"] or "")
    (tmp_path / "outside.py").write_text("def run_action(nango): pass")
    link = guests.root / "github/actions/link.py"
    link.symlink_to(tmp_path / "outside.py")
    command = python.prepare(link, guests.root, os.environ)
    ending = pump(
        command, run_params(guests.root, link, "action", confinement=guests.confinement()), guests.serve
    ).ending
    assert isinstance(ending, Raised)
    assert "`github/actions/link.py` is a link that leads out of it" in (ending.error["help"] or "")
    assert ending.error["frames"][0]["file"] == "github/actions/link.py"


def test_confining_that_fails_says_nothing_of_the_system(guests: Guests) -> None:
    ended = guests.run("def run_action(nango): pass", confinement=guests.confinement(memory=10**20))
    assert not isinstance(ended.ending, Returned)
    assert ended.usage.confined is None


def test_a_model_that_the_script_makes_of_the_wrong_values(guests: Guests) -> None:
    text = """
        from pydantic import BaseModel
        class Issue(BaseModel):
            id: str
            title: str
            labels: list[str]
        def run_action(nango):
            return [Issue(id=each, labels=["a", None]) for each in ["1"]]
    """
    error = guests.error(text)
    assert (error["type"], error["message"]) == ("ValidationError", "2 values do not fit `Issue`")
    assert (error["help"] or "").splitlines() == [
        "title: Field required",
        "labels.1: Input should be a valid string, not None",
    ]
    assert [frame["function"] for frame in error["frames"]] == ["run_action"]
