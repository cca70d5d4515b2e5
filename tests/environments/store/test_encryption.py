"""Credentials at rest: keys, their loss and their rotation."""

from __future__ import annotations

import base64
import os
import sqlite3
import stat
import sys
import threading
from pathlib import Path

import pytest

from nango_cli.environments.connection import Connection
from nango_cli.environments.store.integrations import Integration
from nango_cli.environments.store.keys import VARIABLE, CredentialFailure, Keyring
from nango_cli.environments.store.store import Store

SECRET = {"type": "API_KEY", "apiKey": "s3cret-value"}
OLD, NEW = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))


def fill(path: Path, environ: dict[str, str]) -> None:
    with Store.open(path, environ=environ) as store:
        store.connections.save(Connection("demo", "github", "github"), SECRET)
        store.integrations.save(Integration("github", "github"), {"client_secret": "s3cret-value"})
        store.variables.set("TOKEN", "s3cret-value")


def check(path: Path, environ: dict[str, str]) -> None:
    with Store.open(path, environ=environ) as store:
        assert store.connections.credentials("github", "demo") == SECRET
        assert store.integrations.credentials("github") == {"client_secret": "s3cret-value"}
        assert store.variables.all() == [{"name": "TOKEN", "value": "s3cret-value"}]


def failure(path: Path, environ: dict[str, str]) -> CredentialFailure:
    with Store.open(path, environ=environ) as store, pytest.raises(CredentialFailure) as caught:
        store.connections.credentials("github", "demo")
    assert caught.value.code == "NG708"
    assert caught.value.help
    return caught.value


@pytest.fixture
def key_file(path: Path) -> Path:
    return path.with_name("key")


@pytest.mark.parametrize("environ", [{}, {VARIABLE: OLD}, {VARIABLE: f" {NEW} , {OLD}\n"}])
def test_there_and_back(path, key_file, environ):
    fill(path, environ)
    check(path, environ)
    assert key_file.exists() == (not environ)


def test_nothing_readable_lies_in_the_folder(path):
    fill(path, {})
    for file in path.parent.iterdir():
        assert b"s3cret" not in file.read_bytes()


def test_same_value_different_ciphertext(path):
    with Store.open(path, environ={}) as store:
        store.variables.set("A", "same")
        store.variables.set("B", "same")
    database = sqlite3.connect(path)
    values = database.execute("SELECT value FROM variables").fetchall()
    database.close()
    assert values[0][0][:5] == values[1][0][:5]
    assert values[0][0][5:] != values[1][0][5:]


@pytest.mark.skipif(os.name != "posix", reason="permissions")
def test_only_the_user_may_read(path, key_file):
    previous = os.umask(0)
    try:
        fill(path, {})
    finally:
        os.umask(previous)
    assert {file.name: oct(stat.S_IMODE(file.stat().st_mode)) for file in (path, key_file)} == {
        "store.sqlite": "0o600",
        "key": "0o600",
    }
    key_file.chmod(0o640)
    problem = failure(path, {})
    assert problem.message == f"{key_file} is a secret that other users can read or change"
    assert problem.help == f"run `chmod 600 {key_file}`"


def test_no_key_is_made_without_need(path, key_file):
    with Store.open(path, environ={}) as store:
        store.connections.save(Connection("demo", "github", "github"))
        store.connections.credentials("github", "demo")
        store.variables.all()
    assert not key_file.exists()


def test_lost_file(path, key_file):
    fill(path, {})
    key_file.unlink()
    problem = failure(path, {})
    where = "the credentials of the connection `demo` of `github`"
    assert problem.message == f"{where} cannot be decrypted: their key is not there"
    put_back = f"set {VARIABLE} to the key, or put it back into {key_file}"
    assert problem.help == f"{put_back}; if it is lost, add them again"
    assert not key_file.exists()
    # Whoever adds the credentials again is done; the others stay as they are.
    with Store.open(path, environ={}) as store:
        store.connections.set_credentials("github", "demo", SECRET)
        assert store.connections.credentials("github", "demo") == SECRET
        with pytest.raises(
            CredentialFailure, match=r"the contents of the variable `TOKEN` were encrypted with another"
        ):
            store.variables.all()


def test_wrong_variable(path):
    fill(path, {VARIABLE: OLD})
    assert "were encrypted with another key" in failure(path, {VARIABLE: NEW}).message
    check(path, {VARIABLE: OLD})


@pytest.mark.parametrize("key", ["x", "=", "ü", OLD[:-4], OLD + "AAAA", f"{OLD},x"])
def test_no_key_at_all(path, key):
    fill(path, {})
    problem = failure(path, {VARIABLE: key})
    assert problem.message == f"{VARIABLE} holds something that is not a key"
    assert OLD not in str(problem.help)


@pytest.mark.parametrize("content", ["x\n", "\0\0", OLD[:20]])
def test_damaged_file(path, key_file, content):
    fill(path, {})
    key_file.write_text(content)
    assert failure(path, {}).message == f"{key_file} holds something that is not a key"


def test_tampering_is_noticed(path):
    fill(path, {VARIABLE: OLD})
    with Store.open(path, environ={VARIABLE: OLD}) as store:
        store.connections.save(Connection("other", "github", "github"), {"type": "API_KEY", "apiKey": "other"})
    database = sqlite3.connect(path)
    # Another connection's credentials, in this one's place.
    with database:
        database.execute(
            "UPDATE connections SET credentials ="
            " (SELECT credentials FROM connections WHERE id = 'other') WHERE id = 'demo'"
        )
    assert "they were changed in the store, or damaged" in failure(path, {VARIABLE: OLD}).message
    with database:
        database.execute("UPDATE connections SET credentials = x'00' WHERE id = 'demo'")
    failure(path, {VARIABLE: OLD})
    database.close()


def test_rotation_of_the_file(path, key_file):
    fill(path, {})
    before = key_file.read_text()
    with Store.open(path, environ={}) as store, Store.open(path, environ={}) as other:
        assert store.rotate_key() == 3
        assert other.connections.credentials("github", "demo") == SECRET
        other.variables.set("ANOTHER", "x")
        assert other.rotate_key() == 4
        assert store.connections.credentials("github", "demo") == SECRET
        assert store.variables.delete("ANOTHER")
    assert len(key_file.read_text().splitlines()) == len(before.splitlines()) == 2
    assert key_file.read_text() != before
    assert [file.name for file in path.parent.iterdir() if file.name.startswith("key")] == ["key"]
    check(path, {})
    key_file.write_text(before)
    failure(path, {})


def test_rotation_of_the_variable(path):
    fill(path, {VARIABLE: OLD})
    with Store.open(path, environ={VARIABLE: f"{NEW},{OLD}"}) as store:
        assert store.rotate_key() == 3
    check(path, {VARIABLE: NEW})
    failure(path, {VARIABLE: OLD})


def test_from_the_file_to_the_variable(path, key_file):
    fill(path, {})
    check(path, {VARIABLE: NEW})
    with Store.open(path, environ={VARIABLE: NEW}) as store:
        assert store.rotate_key() == 3
    key_file.unlink()
    check(path, {VARIABLE: NEW})


def test_rotation_in_all_environments(path):
    with Store.open(path, environ={}) as dev, Store.open(path, environ={}, environment="prod") as prod:
        prod.variables.set("A", "1")
        dev.variables.set("A", "2")
        assert dev.rotate_key() == 2
        assert prod.variables.all() == [{"name": "A", "value": "1"}]


def test_rotation_without_the_key_changes_nothing(path, key_file):
    fill(path, {VARIABLE: OLD})
    with Store.open(path, environ={}) as store, pytest.raises(CredentialFailure):
        store.rotate_key()
    assert not key_file.exists()
    check(path, {VARIABLE: OLD})


def test_an_interrupted_rotation(path, key_file, monkeypatch):
    fill(path, {})

    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    with Store.open(path, environ={}) as store:
        with monkeypatch.context() as patch:
            patch.setattr("nango_cli.environments.store.rotation.seal", interrupted)
            with pytest.raises(KeyboardInterrupt):
                store.rotate_key()
        assert len(key_file.read_text().splitlines()) == 3
        check(path, {})
        assert store.rotate_key() == 3
    assert len(key_file.read_text().splitlines()) == 2
    check(path, {})


def test_the_key_is_made_once(path, key_file):
    keyrings = [Keyring(key_file, {}) for _ in range(8)]
    path.parent.mkdir()
    keys = []
    threads = [threading.Thread(target=lambda each=each: keys.append(each.current())) for each in keyrings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(keys)) == 1
    assert list(path.parent.iterdir()) == [key_file]


def test_a_temporary_store_needs_no_file(clock, tmp_path):
    with Store.open(None, clock, environ={}) as store:
        store.variables.set("A", "1")
        assert store.rotate_key() == 1
        assert store.variables.all() == [{"name": "A", "value": "1"}]
    assert list(tmp_path.iterdir()) == []


def test_keys_are_not_shown():
    assert base64.b64decode(OLD) not in repr(Keyring(None, {VARIABLE: OLD}).keys()).encode()


def test_the_library_is_imported_when_it_is_needed(path):
    code = (
        "import sys; from pathlib import Path; from nango_cli.environments.store.store import Store\n"
        f"with Store.open(Path({str(path)!r})) as store: store.connections.all()\n"
        "assert 'cryptography' not in sys.modules"
    )
    assert os.spawnl(os.P_WAIT, sys.executable, sys.executable, "-c", code) == 0
