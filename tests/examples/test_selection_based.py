"""Box: the metadata selects files and folders, which may lie in one another, and may be gone."""

from __future__ import annotations

from pathlib import Path

import httpx
from examples.report import Run, ids, paths, saved
from provider_server.loopback import Answer, Asked, Loopback

from nango_cli.sample_api.server import SampleApi


def test_folders_within_folders(run: Run) -> None:
    data = run("selected-files", metadata={"files": [], "folders": ["11"]})
    assert sorted(ids(saved(data))) == ["102", "103", "106", *map(str, range(107, 117))]


def test_what_is_selected_twice_is_read_and_saved_once(run: Run) -> None:
    selection = {"files": ["103", "101", "101"], "folders": ["14", "11", "15", "11", "13"]}
    data = run("selected-files", metadata=selection)
    assert len(ids(saved(data))) == len(set(ids(saved(data)))) == 14
    folders = [path.split("/")[3] for path in paths(data) if "/folders/" in path]
    assert {name: folders.count(name) for name in folders} == {"11": 1, "13": 1, "14": 1, "15": 3}
    assert [path for path in paths(data) if "/files/" in path] == ["/2.0/files/101"]


def test_what_is_gone_is_passed_over_and_deleted(example: Path, run: Run) -> None:
    local = example / "local.yaml"
    selection = {"files": ["101", "104"], "folders": ["777", "14"]}
    with SampleApi("box") as url:
        local.write_text(local.read_text().replace("sample:box", url))
        before = run("selected-files", "--state", metadata=selection)
        assert before["counts"]["BoxDocument"]["added"] == 13
        httpx.delete(f"{url}/2.0/files/104").raise_for_status()
        httpx.delete(f"{url}/2.0/files/106").raise_for_status()
        after = run("selected-files", "--state", metadata=selection)
    assert after["counts"]["BoxDocument"] == {"added": 0, "updated": 0, "unchanged": 11, "deleted": 2}
    warned = [each["text"] for each in after["logs"] if each["level"] == "warn"]
    assert warned == ["folder 777 is selected, but gone", "file 104 is selected, but gone"]


def test_what_may_not_be_read_fails_and_deletes_nothing(run: Run) -> None:
    selection = {"files": ["104"], "folders": ["14"]}
    run("selected-files", "--state", metadata=selection)
    failed = run("selected-files", "--state", metadata={"files": [], "folders": ["16"]}, status=1)
    assert "answered 403: Access denied" in failed["messages"][0]
    after = run("selected-files", "--state", metadata=selection)
    assert after["counts"]["BoxDocument"]["unchanged"] == 12


def test_an_empty_selection_is_refused(run: Run) -> None:
    data = run("selected-files", metadata={"files": [], "folders": []}, status=1)
    assert (data["requests"], "selects neither files nor folders" in data["messages"][0]) == ([], True)


class ManyFiles(Loopback):
    """Any file that is asked for."""

    def answer(self, asked: Asked) -> Answer:
        id = asked.path.rpartition("/")[2]
        return Answer(data={"type": "file", "id": id, "name": id, "modified_at": None, "shared_link": None})


def test_more_files_than_a_batch_holds(example: Path, run: Run) -> None:
    local = example / "local.yaml"
    files = [str(number) for number in range(250)]
    with ManyFiles() as api:
        local.write_text(local.read_text().replace("sample:box", api.url))
        assert ids(saved(run("selected-files", metadata={"files": files, "folders": []}))) == files
