"""Which environment is meant and how to get in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nango_cli import settings as module
from nango_cli.errors import UsageError
from nango_cli.settings import Dotenv, Settings, open_remote, parse_dotenv, read_dotenvs, settings

KEY = "5a3f9c1e-7b42-4d0e-9f68-2c1d0b9a8e77"


def test_local_needs_nothing() -> None:
    found = settings({"NANGO_HOSTPORT": "nonsense"})
    assert (found.environment, found.is_local, found.secret_key, found.warnings) == ("local", True, None, ())
    assert settings({}, environment="local", configured="dev").is_local


def test_what_wins() -> None:
    near = Dotenv("a", {"NANGO_SECRET_KEY_DEV": "near", "NANGO_HOSTPORT": "http://localhost:1"})
    far = Dotenv("b", {"NANGO_SECRET_KEY_DEV": "far", "ONLY": "far"})
    found = settings({}, [near, far], configured="dev")
    assert (found.secret_key, found.hostport, found.variables["ONLY"]) == ("near", "http://localhost:1", "far")
    found = settings({"NANGO_SECRET_KEY_DEV": "real"}, [near, far], environment="dev", configured="prod")
    assert (found.environment, found.secret_key, found.key_name) == ("dev", "real", "NANGO_SECRET_KEY_DEV")


@pytest.mark.parametrize(
    ("environment", "variables", "name"),
    [
        ("dev", {"NANGO_SECRET_KEY": "a", "NANGO_SECRET_KEY_DEV": "k"}, "NANGO_SECRET_KEY_DEV"),
        ("dev", {"NANGO_SECRET_KEY": "k", "NANGO_SECRET_KEY_PROD": "a"}, "NANGO_SECRET_KEY"),
        ("dev", {"NANGO_SECRET_KEY": "k", "NANGO_SECRET_KEY_DEV": " "}, "NANGO_SECRET_KEY"),
        ("pre-prod", {"NANGO_SECRET_KEY_PRE_PROD": "k\n"}, "NANGO_SECRET_KEY_PRE_PROD"),
        ("pre-prod", {"NANGO_SECRET_KEY_PRE_PROD": "a", "NANGO_SECRET_KEY_PRE-PROD": "k"}, "NANGO_SECRET_KEY_PRE-PROD"),
    ],
)
def test_keys(environment: str, variables: dict[str, str], name: str) -> None:
    found = settings(variables, environment=environment)
    assert (found.secret_key, found.key_name) == ("k", name)


def test_no_key() -> None:
    with pytest.raises(UsageError) as caught:
        settings({"NANGO_SECRET_KEY_PROD": "a"}, environment="pre-prod")
    assert (caught.value.code, caught.value.exit_code) == ("NG804", 2)
    assert caught.value.message == "the environment `pre-prod` needs a secret key, and none is set"
    assert (
        caught.value.help == "set NANGO_SECRET_KEY_PRE_PROD or NANGO_SECRET_KEY, or write one of them into .env; "
        "without a server: `-e local`"
    )


@pytest.mark.parametrize(
    ("given", "address", "warns"),
    [
        ("", "https://api.nango.dev", False),
        (" https://nango.example.com/// ", "https://nango.example.com", False),
        ("https://example.com:8443/nango/", "https://example.com:8443/nango", False),
        ("http://localhost:3003", "http://localhost:3003", False),
        ("http://127.3.2.1:3003", "http://127.3.2.1:3003", False),
        ("http://[::1]:3003", "http://[::1]:3003", False),
        ("http://nango.localhost", "http://nango.localhost", False),
        ("http://10.0.0.1:3003", "http://10.0.0.1:3003", True),
        ("http://nango.example.com", "http://nango.example.com", True),
    ],
)
def test_addresses(given: str, address: str, warns: bool) -> None:
    found = settings({"NANGO_HOSTPORT": given, "NANGO_SECRET_KEY": KEY}, environment="dev")
    assert (found.hostport, bool(found.warnings)) == (address, warns)


@pytest.mark.parametrize(
    "given",
    ["localhost:3003", "api.nango.dev", "ftp://example.com", "https://", "http://a:b", "http://[", "http://a:99999",
     "https://user:planted@example.com", "https://example.com?a=planted", "https://example.com#x"],
)  # fmt: skip
def test_what_is_no_address(given: str) -> None:
    with pytest.raises(UsageError, match="NANGO_HOSTPORT") as caught:
        settings({"NANGO_HOSTPORT": given, "NANGO_SECRET_KEY": KEY}, environment="dev")
    assert caught.value.code == "NG804"
    assert "planted" not in caught.value.message + (caught.value.help or "")


def test_a_dotenv() -> None:
    text = "# comment\nexport A=1\nB='two words' # more\nC=\"x\\ny\"\nD=$A\nE\nF=\n'bad line\nG=7\n"
    found = parse_dotenv(".env", text)
    assert found.values == {"A": "1", "B": "two words", "C": "x\ny", "D": "$A", "F": "", "G": "7"}
    assert found.unread == (8,)
    assert settings({}, [found]).warnings == (".env:8: not understood, and ignored",)


def test_dotenvs_of_folders(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    (inner / ".env").mkdir(parents=True)
    (tmp_path / ".env").write_bytes(b"\xef\xbb\xbfA=1\r\nB=\xff\r\n")
    [found] = read_dotenvs(inner, tmp_path, tmp_path)
    assert (found.values["A"], found.path) == ("1", str(tmp_path / ".env"))


def test_secrets_are_not_shown() -> None:
    dotenv = Dotenv(".env", {"NANGO_SECRET_KEY": KEY})
    found = settings({}, [dotenv], environment="dev")
    assert KEY not in repr(found) + repr(dotenv)


def test_opening_asks_nothing() -> None:
    found = Settings("dev", "http://127.0.0.1:9", {}, KEY, "NANGO_SECRET_KEY")
    with open_remote(found, is_sync=True) as remote:
        assert repr(remote) == "RemoteEnvironment('127.0.0.1:9')"


def test_nothing_is_loaded_that_is_not_needed(tmp_path: Path) -> None:
    code = """if True:
        import sys, pathlib
        from nango_cli.settings import read_dotenvs, settings
        settings({"NANGO_SECRET_KEY": "k"}, read_dotenvs(pathlib.Path()), environment="dev")
        print(*("dotenv" in sys.modules, "httpx" in sys.modules))
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.split() == ["False", "False"]
    assert module.LOCAL == "local"
