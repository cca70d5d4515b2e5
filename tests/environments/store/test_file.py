"""Files that are old, new, damaged or out of reach."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from nango_cli.environments.destination import Counts, Destination, Task
from nango_cli.environments.store import database, schema
from nango_cli.environments.store.database import StoreFailure
from nango_cli.environments.store.store import Store

ISSUES = Destination(Task("github", "demo", "issues"), "Issue")

# Every migration that was released, as it was. A file is added with each and never changed.
RELEASED = Path(__file__).parent / "versions"


def failure(path: Path) -> StoreFailure:
    with pytest.raises(StoreFailure) as caught, Store.open(path) as store:
        store.records.save(ISSUES, [{"id": str(number)} for number in range(5000)])
        list(store.records.changes(ISSUES))
    assert caught.value.code == "NG707"
    assert str(path) in caught.value.message
    assert caught.value.help
    return caught.value


def version_of(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return int(version)


def tables(path: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    connection.close()
    return [(name, " ".join(sql.split())) for name, sql in rows]


def write_version(path: Path, version: int) -> None:
    """A file as the first nango with this format left it, with a record, a checkpoint and an open tracking."""
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    for number in range(1, version + 1):
        connection.executescript((RELEASED / f"{number}.sql").read_text())
    connection.executescript((RELEASED / "contents.sql").read_text())
    connection.execute(f"PRAGMA application_id = {0x6E616E67}")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


def test_every_version_is_kept():
    assert {file.name for file in RELEASED.iterdir()} == {
        "contents.sql",
        *(f"{number}.sql" for number in range(1, schema.VERSION + 1)),
    }


@pytest.mark.parametrize("version", range(1, schema.VERSION + 1))
def test_an_older_file_is_upgraded(path, tmp_path, version):
    write_version(path, version)
    with Store.open(path) as store:
        assert [record["title"] for record in store.records.get(ISSUES, ["1"]).values()] == ["old"]
        assert store.records.save(ISSUES, [{"id": "1", "title": "old"}]) == Counts(unchanged=1)
        assert store.records.save(ISSUES, [{"id": "3"}]) == Counts(added=1)
        assert store.records.end_tracking(ISSUES) == ["2"]
        assert store.state.checkpoint(ISSUES.task) == {"page": 3}
        store.variables.set("A", "1")
        store.runs.start(ISSUES.task, "sync")
    fresh = tmp_path / "fresh.sqlite"
    Store.open(fresh).close()
    assert tables(path) == tables(fresh)
    assert version_of(path) == version_of(fresh) == schema.VERSION


def test_an_upgrade_that_fails_changes_nothing(path, monkeypatch):
    write_version(path, 1)
    before = tables(path)
    monkeypatch.setattr(database, "MIGRATIONS", (*schema.MIGRATIONS[:2], "CREATE TABLE new (id); SELECT nonsense"))
    with pytest.raises(sqlite3.OperationalError, match="nonsense"):
        Store.open(path)
    assert (tables(path), version_of(path)) == (before, 1)


def test_several_upgrade_at_once(path):
    write_version(path, 1)
    failures: list[BaseException] = []

    def open_it() -> None:
        try:
            Store.open(path).close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert version_of(path) == schema.VERSION


def test_a_newer_file_is_refused(path):
    Store.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    content = path.read_bytes()
    problem = failure(path)
    newer = f"its format is 99, this one knows {schema.VERSION}"
    assert problem.message == f"{path} was written by a newer nango: {newer}"
    assert problem.help == "update nango-cli, or move the file away to begin with an empty one"
    assert path.read_bytes() == content


@pytest.mark.parametrize("version", [0, 2])
def test_a_file_of_another_program_is_left_alone(path, version):
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (id)")
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    content = path.read_bytes()
    assert failure(path).message == f"{path} is a database of another program"
    assert path.read_bytes() == content


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\0", b"\0" * 4096])
def test_not_a_store(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    assert "is not a store, or damaged" in failure(path).message


@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
def test_a_truncated_file(path, share):
    with Store.open(path) as store:
        store.records.save(ISSUES, [{"id": str(number), "text": "x" * 500} for number in range(3000)])
    with path.open("r+b") as file:
        file.truncate(int(path.stat().st_size * share))
    assert "damaged" in failure(path).message


def test_an_overwritten_file(path):
    with Store.open(path) as store:
        store.records.save(ISSUES, [{"id": str(number), "text": "x" * 500} for number in range(3000)])
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 8192))
    assert "damaged" in failure(path).message


def test_an_empty_file_is_a_new_store(path):
    path.parent.mkdir()
    path.touch()
    with Store.open(path) as store:
        assert store.records.save(ISSUES, [{"id": "a"}]) == Counts(added=1)


def test_a_folder_that_cannot_be(path):
    path.parent.write_text("a file where the folder should be")
    assert "cannot be opened" in failure(path).message


def test_a_folder_in_its_place(path):
    path.mkdir(parents=True)
    assert "cannot be opened" in failure(path).message


def test_a_full_disk(path):
    with Store.open(path) as store:
        store.records.save(ISSUES, [{"id": "a"}])
        with store._database.write() as connection:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(StoreFailure) as caught:
            store.records.save(ISSUES, [{"id": str(number), "text": "x" * 500} for number in range(1000)])
        assert caught.value.message == f"no space is left for {path}"
        assert [record["id"] for record in store.records.read(ISSUES).records] == ["a"]
        assert store.records.save(ISSUES, [{"id": "b"}]) == Counts(added=1)


def test_a_temporary_store_undoes_what_it_could_not_finish():
    with Store.open(None) as store:
        store.records.save(ISSUES, [{"id": "a"}])
        with pytest.raises(ZeroDivisionError), store._database.write() as connection:
            connection.execute("DELETE FROM records")
            raise ZeroDivisionError
        assert [record["id"] for record in store.records.read(ISSUES).records] == ["a"]
        assert store.records.save(ISSUES, [{"id": "b"}]) == Counts(added=1)


def test_another_process_that_hangs(path, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    monkeypatch.setattr(database, "_STEP", 0.05)
    with Store.open(path) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreFailure, match="is in use by another process"):
            store.records.save(ISSUES, [{"id": "a"}])
        assert store.records.read(ISSUES).records == ()
        other.close()
        assert store.records.save(ISSUES, [{"id": "a"}]) == Counts(added=1)


OPEN_AS_NOBODY = """
import os, sys
from pathlib import Path
import nango_cli.diagnostics.codes
from nango_cli.environments.destination import Destination, Task
from nango_cli.environments.store.database import StoreFailure
from nango_cli.environments.store.store import Store

if os.getuid() == 0:
    os.setuid(65534)
try:
    with Store.open(Path(sys.argv[1])) as store:
        print(store.records.save(Destination(Task("a", "b", "c"), "D"), [{"id": "a"}]).added)
except StoreFailure as error:
    print(error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions")
def test_permissions():
    """As a user to whom they apply, in a folder that others can reach."""
    with tempfile.TemporaryDirectory() as name:
        folder, file = Path(name), Path(name, "store.sqlite")

        def outcome() -> str:
            command = [sys.executable, "-c", OPEN_AS_NOBODY, str(file)]
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

        folder.chmod(0o555)
        assert outcome() == f"{file} cannot be opened: Permission denied"
        folder.chmod(0o777)
        assert outcome() == "1"
        folder.chmod(0o555)
        assert outcome() == f"{file} cannot be written"
        folder.chmod(0o777)
        file.chmod(0o444)
        os.chown(file, os.getuid(), -1)
        assert outcome() == f"{file} cannot be opened: Permission denied"


def test_the_folder_is_kept_out_of_git(path):
    Store.open(path).close()
    ignored = path.with_name(".gitignore")
    assert ignored.read_text().splitlines() == ["/store.sqlite*", "/key*", "/.gitignore"]
    ignored.write_text("theirs")
    Store.open(path).close()
    assert ignored.read_text() == "theirs"


def test_other_folders_are_left_alone(tmp_path):
    with Store.open(tmp_path / "store.sqlite"):
        pass
    assert [file.name for file in tmp_path.iterdir()] == ["store.sqlite"]


def test_a_file_that_is_moved_away_begins_anew(path, tmp_path):
    with Store.open(path) as store:
        store.records.save(ISSUES, [{"id": "a"}])
    shutil.move(path, tmp_path / "away")
    with Store.open(path) as store:
        assert store.records.read(ISSUES).records == ()


def test_several_make_it_at_once(tmp_path):
    failures: list[BaseException] = []

    def open_it(path: Path) -> None:
        try:
            Store.open(path).close()
        except BaseException as error:
            failures.append(error)

    for turn in range(5):
        path = tmp_path / str(turn) / "store.sqlite"
        threads = [threading.Thread(target=open_it, args=(path,)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []


def test_threads_share_a_store(file_store):
    def save(number: int) -> None:
        for batch in range(20):
            file_store.records.save(ISSUES, [{"id": f"{number}-{batch}-{index}"} for index in range(10)])

    threads = [threading.Thread(target=save, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.size for each in file_store.records.collections()] == [800]


@pytest.mark.parametrize(("table", "column"), [("payloads", "data"), ("payloads", "id"), ("tasks", "checkpoint")])
@pytest.mark.parametrize("content", ["ff", "7b22ff227d", "7b"])
def test_contents_that_cannot_be_ours(path, table, column, content):
    with Store.open(path) as store:
        store.records.save(ISSUES, [{"id": "a"}])
        store.state.save_checkpoint(ISSUES.task, {"page": 1})
    with sqlite3.connect(path) as connection:
        kind = "TEXT" if column == "id" else "BLOB"
        connection.execute(f"UPDATE {table} SET {column} = CAST(x'{content}' AS {kind})")
        if column == "id":
            connection.execute("UPDATE records SET id = (SELECT id FROM payloads)")
    connection.close()
    with Store.open(path) as store:
        try:
            store.records.read(ISSUES)
            store.state.checkpoint(ISSUES.task)
        except StoreFailure as error:
            assert error.message == f"{path} is damaged"
        else:
            assert (column, content) == ("id", "7b")
