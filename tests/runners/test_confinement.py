"""What a confined script can and cannot touch, and what it is told about it."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any

import pytest
from runners.guest import Guests

from nango_cli.runners.protocol import ScriptError
from nango_cli.runners.pump import Returned
from nango_cli.sdk import landlock

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="confinement is Linux's")

MEGABYTE = 1 << 20


@pytest.fixture(autouse=True)
def supported() -> None:
    try:
        landlock.Ruleset(network=True)
    except landlock.Unsupported:
        pytest.skip("this kernel has no Landlock")


def confined(guests: Guests, text: str, **more: Any) -> Any:
    return guests.output(text, confinement=guests.confinement(**more))


def refused(guests: Guests, statement: str, **more: Any) -> ScriptError:
    text = f"import os, pathlib, socket, subprocess\ndef run_action(nango):\n    {statement}"
    return guests.error(text, confinement=guests.confinement(**more))


def test_ordinary_scripts_run_as_before(guests: Guests, capfd: pytest.CaptureFixture[str]) -> None:
    guests.write("github/mappers/to_issue.py", "from models import Issue\ndef to_issue(): return Issue(id=1)")
    text = """
        import asyncio, ctypes, datetime, getpass, json, platform, random, ssl, sqlite3, subprocess, sys, tempfile
        import threading, uuid, zoneinfo
        import httpx, yaml
        from ..mappers.to_issue import to_issue

        async def run_action(nango):
            print("printed")
            ssl.create_default_context()
            zoneinfo.ZoneInfo("Europe/Berlin")
            with tempfile.TemporaryFile() as file:
                file.write(b"x")
            with open("/dev/null", "w") as null:
                null.write("x")
            await asyncio.gather(*(asyncio.sleep(0) for _ in range(3)))
            echo = await asyncio.to_thread(subprocess.run, ["echo", "child"], check=True)
            subprocess.run([sys.executable, "-c", "import json"], check=True)
            sqlite3.connect(":memory:").execute("select 1")
            open("/proc/self/status").read()
            nango.log(to_issue().id)
            return [str(uuid.uuid4())[:0], random.random() < 1]
    """
    ended = guests.run(text, confinement=guests.confinement())
    assert ended.ending == Returned(["", True])
    assert ended.usage.confined is True
    assert capfd.readouterr().out == "printed\nchild\n"


def test_the_project_can_be_read_and_written(guests: Guests) -> None:
    guests.write("github/data/old.json", "[1]")
    text = """
        import json, pathlib
        def run_action(nango):
            data = pathlib.Path("github/data")
            (data / "new").mkdir()
            (data / "new/x.json").write_text((data / "old.json").read_text())
            (data / "old.json").unlink()
            return sorted(path.name for path in data.rglob("*"))
    """
    assert confined(guests, text) == ["new", "x.json"]


@pytest.mark.parametrize(
    ("statement", "touched"),
    [
        ("pathlib.Path('.env').read_text()", "`.env` is hidden from it"),
        ("pathlib.Path('.env.local').read_text()", "`.env.local` is hidden from it"),
        ("pathlib.Path('link').read_text()", "`link` is hidden from it"),
        ("pathlib.Path('.nango/store').read_text()", "`.nango/store` is hidden from it"),
        ("open('.nango/new', 'w')", "cannot touch `.nango/new`"),
        ("pathlib.Path('new.txt').write_text('x')", "cannot make `new.txt` beside nango.yaml, only in folders there"),
        ("pathlib.Path('{outside}').read_text()", "cannot touch `{outside}`"),
        ("pathlib.Path('{outside}.new').write_text('')", "cannot touch `{outside}.new`"),
        ("os.listdir('/')", "cannot touch `/`"),
        ("open('/proc/1/environ')", "cannot touch `/proc/1/environ`"),
        ("open(f'/proc/{{os.getppid()}}/environ')", "/environ`"),
        ("open('/usr/x', 'w')", "cannot touch `/usr/x`"),
        ("subprocess.run(['{program}'])", "cannot touch `{program}`"),
    ],
)
def test_other_files_are_out_of_reach(guests: Guests, tmp_path: Path, statement: str, touched: str) -> None:
    outside, program = tmp_path / "outside.txt", tmp_path / "program"
    outside.write_text("secret")
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    guests.write(".env", "SECRET=1")
    guests.write(".env.local", "SECRET=1")
    guests.write(".nango/store", "x")
    (guests.root / "link").symlink_to(".env")
    names = {"outside": str(outside), "program": str(program)}
    error = refused(guests, statement.format(**names))
    assert error["code"] == "NG607"
    assert error["type"] == "PermissionError"
    help = error["help"] or ""
    assert help.startswith("the script is confined")
    assert touched.format(**names) in help
    assert "`--no-sandbox`" in help
    assert "`sandbox = false` under `[dryrun]` in nango.toml" in help


def test_a_project_among_readable_files_still_hides(guests: Guests) -> None:
    """As when the interpreter's environment or an import path holds the project."""
    guests.write(".env", "SECRET=1")
    code = f"""
        import os, sys
        from nango_cli.sdk.confinement import confine
        sys.path.append({str(guests.root.parent)!r})
        assert confine({{"root": {str(guests.root)!r}, "hidden": [".env"], "network": True, "memory": None}})
        print(open({str(guests.root / "models.py")!r}).read()[:0])
        def run_action(nango):
            open({str(guests.root / ".env")!r})
    """
    error = guests.error(code)
    assert error["type"] == "PermissionError"


def test_the_interpreter_may_lie_in_a_hidden_folder(guests: Guests) -> None:
    guests.write(".venv/pyvenv.cfg", "home = /x")
    guests.write(".env", "SECRET=1")
    text = f"""
        import sys
        from nango_cli.sdk.confinement import confine
        sys.prefix = {str(guests.root / ".venv")!r}
        assert confine({{"root": {str(guests.root)!r}, "hidden": [".*"], "network": True, "memory": None}})
        def allowed(*arguments):
            try:
                return bool(open(*arguments))
            except PermissionError:
                return False
        def run_action(nango):
            return [allowed(".venv/pyvenv.cfg"), allowed(".venv/pyvenv.cfg", "a"), allowed(".env")]
    """
    assert guests.output(text) == [True, False, False]


@pytest.mark.parametrize(
    "statement",
    [
        "socket.create_connection(('127.0.0.1', {port}))",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:{port}')",
        "import httpx; httpx.get('http://127.0.0.1:{port}')",
        "import asyncio; asyncio.run(asyncio.open_connection('127.0.0.1', {port}))",
        "socket.socket().connect(('127.0.0.1', {port}))",
        "socket.create_server(('127.0.0.1', 0))",
    ],
)
def test_the_network_is_out_of_reach(guests: Guests, statement: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        error = refused(guests, statement.format(port=port))
        assert error["code"] == "NG607", error
        assert "nango.uncontrolled_fetch" in (error["help"] or "")
        if "create_connection" in statement:
            assert f"127.0.0.1:{port}" in (error["help"] or "")
        if "server" not in statement:
            allowed = f"import socket\ndef run_action(nango):\n    {statement.format(port=port)}"
            if "create_connection" in statement:
                confined(guests, allowed, network=True)


def test_memory_has_a_limit(guests: Guests) -> None:
    text = "def run_action(nango): return len(bytearray(600_000_000))"
    error = guests.error(text, confinement=guests.confinement(memory=512 * MEGABYTE))
    assert error["type"] == "MemoryError"
    assert error["message"] == "the script needs more memory than its limit of 512 MB"
    assert guests.output(text) == 600_000_000


def test_ordinary_refusals_are_left_alone(guests: Guests) -> None:
    assert "code" not in refused(guests, "raise PermissionError(13, 'no', '/nowhere/at/all')")
    assert "code" not in refused(guests, "raise PermissionError('no')")
    assert "code" not in refused(guests, "open('/nowhere')")


def test_a_system_that_cannot(guests: Guests) -> None:
    """The limit on memory holds, and the answer says that nothing else does."""
    guests.write(
        "broken.py",
        "import nango_cli.sdk.landlock as l\ndef no(*_, **__): raise l.Unsupported\nl.Ruleset.__init__ = no",
    )
    text = f"""
        import broken, resource
        from nango_cli.sdk.confinement import confine
        def run_action(nango):
            done = confine({{"root": {str(guests.root)!r}, "hidden": [], "network": False, "memory": 1 << 40}})
            return [done, resource.getrlimit(resource.RLIMIT_DATA)[0], len(open("/etc/passwd").read()) > 0]
    """
    assert guests.output(text) == [False, 1 << 40, True]


def test_temporary_files_are_private_and_removed(guests: Guests) -> None:
    text = """
        import os, pathlib, tempfile
        def run_action(nango):
            folder = pathlib.Path(tempfile.gettempdir())
            (folder / "sub").mkdir()
            (folder / "sub" / "file").write_text("x")
            return [str(folder), oct(folder.stat().st_mode & 0o777)]
    """
    folder, mode = confined(guests, text)
    assert mode == "0o700"
    assert not Path(folder).exists()
    assert folder != os.environ.get("TMPDIR", "/tmp")


def test_without_confinement_nothing_changes(guests: Guests) -> None:
    text = (
        "import tempfile\ndef run_action(nango): return [tempfile.gettempdir(), len(open('/proc/1/status').read()) > 0]"
    )
    ended = guests.run(text)
    assert ended.ending == Returned([os.environ.get("TMPDIR", "/tmp"), True])
    assert ended.usage.confined is False
