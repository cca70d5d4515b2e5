"""`nango generate:docs`: what it writes, and what it never touches."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Nango

from nango_cli.generators.script_docs import MARKER

YAML = """
integrations:
    github:
        syncs:
            issues:
                description: All issues.
                runs: every hour
                output: Issue
                endpoint: GET /issues
        actions:
            close-issue: {description: Close one., endpoint: POST /close, input: Issue}
    gitlab:
        actions:
            close-issue: {description: Close one., endpoint: POST /close, input: Issue}
models:
    Issue: {id: string}
"""
PAGES = ["github/syncs/issues.md", "github/actions/close-issue.md", "gitlab/actions/close-issue.md"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "nango.yaml").write_text(YAML)
    return tmp_path


def pages(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.md"))


def test_it_writes_a_page_for_each_script_once(project: Path, nango: Nango) -> None:
    result = nango("generate:docs")
    assert (result.status, result.out, result.err) == (0, "", "")
    assert pages(project) == sorted(PAGES)
    page = project / PAGES[0]
    assert page.read_text().endswith(f"\n{MARKER}\n")
    before = page.stat()
    data = json.loads(nango("generate:docs", "--format", "json").out)["data"]
    assert data == {"files": [{"path": path, "changed": False} for path in PAGES]}
    assert page.stat().st_mtime_ns == before.st_mtime_ns, "an unchanged file is not written"


def test_it_says_what_it_did_on_a_terminal(project: Path, nango: Nango) -> None:
    assert nango("generate:docs", tty=True).err == "".join(f"{path}: written\n" for path in PAGES)
    assert nango("generate:docs", tty=True).err == "".join(f"{path}: up to date\n" for path in PAGES)


def test_what_stands_below_the_generated_part_is_kept_byte_for_byte(project: Path, nango: Nango) -> None:
    nango("generate:docs")
    page = project / PAGES[0]
    mine = " \r\n\r\nmine\t\n\u2028 without an end".encode()
    page.write_bytes(page.read_bytes().replace(b"All issues.", b"Old.").rstrip(b"\n") + mine)
    assert nango("generate:docs").status == 0
    generated, marker, rest = page.read_bytes().partition(MARKER.encode())
    assert (b"All issues." in generated, marker, rest) == (True, MARKER.encode(), mine)
    assert nango("generate:docs", "--check").status == 0


def test_a_page_of_somebody_is_left_alone_and_the_others_are_written(project: Path, nango: Nango) -> None:
    page = project / PAGES[0]
    page.parent.mkdir(parents=True)
    page.write_text("# Mine\n")
    result = nango("generate:docs")
    assert result.status == 1
    assert f"{PAGES[0]}:1:1: error NG501: issues.md was not generated, so it is not overwritten" in result.err
    assert page.read_text() == "# Mine\n"
    assert pages(project) == sorted(PAGES)
    found = json.loads(nango("generate:docs", "--format", "json").out)
    assert [each["path"] for each in found["data"]["files"]] == PAGES[1:]


@pytest.mark.parametrize("text", ["", " \n"], ids=["empty", "blank"])
def test_an_empty_page_is_nobodys_work(project: Path, nango: Nango, text: str) -> None:
    page = project / PAGES[0]
    page.parent.mkdir(parents=True)
    page.write_text(text)
    assert nango("generate:docs").status == 0
    assert page.read_text().startswith("# Issues\n")


def test_a_page_that_is_no_text_is_left_alone(project: Path, nango: Nango) -> None:
    page = project / PAGES[0]
    page.parent.mkdir(parents=True)
    page.write_bytes(data := f"{MARKER}\n".encode() + b"\xff")
    result = nango("generate:docs")
    assert (result.status, page.read_bytes()) == (1, data)
    assert "error NG003" in result.err
    assert (project / PAGES[1]).exists()


def test_check_writes_nothing(project: Path, nango: Nango) -> None:
    result = nango("generate:docs", "--check")
    assert result.status == 1
    assert "+# Issues\n" in result.out
    assert f"{PAGES[0]}:1:1: error NG502: issues.md is missing\n  help: run `nango generate:docs`" in result.err
    assert pages(project) == []
    nango("generate:docs")
    assert nango("generate:docs", "--check").status == 0
    (project / "nango.yaml").write_text(YAML.replace("All issues.", "Every issue."))
    found = json.loads(nango("generate:docs", "--check", "--format", "json").out)
    assert (found["exit_code"], [each["changed"] for each in found["data"]["files"]]) == (1, [True, False, False])
    assert "+- **Description:** Every issue." in found["data"]["files"][0]["diff"]


def test_a_folder_of_ones_own_gets_flat_pages(
    project: Path, nango: Nango, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    assert nango("generate:docs", "--path", str(outside / "docs" / "api")).status == 0
    assert pages(outside / "docs" / "api") == ["github-close-issue.md", "gitlab-close-issue.md", "issues.md"]
    (project / "below").mkdir()
    assert nango("generate:docs", "-C", "..", "-p", "docs", cwd=project / "below").status == 0
    assert pages(project) == [f"below/docs/{name}" for name in pages(outside / "docs" / "api")]


@pytest.mark.parametrize("options", [[], ["--check"]], ids=["write", "check"])
def test_a_file_in_the_place_of_the_folder(project: Path, nango: Nango, options: list[str]) -> None:
    (project / "docs").touch()
    result = nango("generate:docs", "-p", "docs", *options)
    assert (result.status, result.err.partition("\n")[0]) == (3, "error NG010: docs is not a folder")


@pytest.mark.parametrize("options", [[], ["--check"]], ids=["write", "check"])
@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("nowhere.md", "docs/issues.md is a link that leads nowhere"),
        ("issues.md", "docs/issues.md is a link that leads nowhere"),
        ("../mine.md", "docs/issues.md leads out of docs"),
    ],
)
def test_a_page_that_is_a_link(project: Path, nango: Nango, target: str, message: str, options: list[str]) -> None:
    (project / "docs").mkdir()
    (project / "mine.md").touch()
    (project / "docs" / "issues.md").symlink_to(target)
    result = nango("generate:docs", "-p", "docs", *options)
    assert result.status == 3
    assert result.err.startswith(f"error NG010: {message}\n  help: replace the link by a file")
    assert pages(project / "docs") == ["issues.md"]


def test_a_folder_without_a_name_is_refused(project: Path, nango: Nango) -> None:
    result = nango("generate:docs", "-p", "")
    assert (result.status, pages(project)) == (2, [])
    assert "NG801: `--path` is empty" in result.err


def test_a_page_keeps_its_line_ends(project: Path, nango: Nango) -> None:
    nango("generate:docs")
    page = project / PAGES[0]
    page.write_bytes(before := page.read_bytes().replace(b"\n", b"\r\n"))
    assert nango("generate:docs", "--check").status == 0
    page.write_bytes(before.replace(b"All issues.", b"Old."))
    assert nango("generate:docs").status == 0
    assert page.read_bytes() == before


def test_pages_of_one_integration(project: Path, nango: Nango) -> None:
    assert nango("generate:docs", "--integration-id", "gitlab").status == 0
    assert pages(project) == [PAGES[2]]
    result = nango("generate:docs", "--integration-id", "gitlb")
    assert result.status == 5
    assert "no integration is named `gitlb`\n  help: did you mean `gitlab`?" in result.err


def test_nothing_is_written_while_there_are_errors(project: Path, nango: Nango) -> None:
    (project / "nango.yaml").write_text(YAML.replace("string", "'[]'"))
    result = nango("generate:docs")
    assert (result.status, pages(project)) == (1, [])
    assert "error NG206" in result.err


def test_a_missing_description_is_a_warning(project: Path, nango: Nango) -> None:
    (project / "nango.yaml").write_text(YAML.replace("description: All issues.", "version: 1"))
    result = nango("generate:docs")
    assert result.status == 0
    assert "warning NG323: the sync `issues` has no description" in result.err
    assert "found 1 warning\n" in result.err, "and of all rules this is the only one asked"
    assert nango("generate:docs", "--integration-id", "gitlab").err == ""
    (project / "nango.toml").write_text('ignore = ["NG323"]\n')
    assert nango("generate:docs").err == ""


def test_a_link_out_of_the_project_is_not_followed(
    project: Path, nango: Nango, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (project / "github").symlink_to(outside)
    result = nango("generate:docs")
    assert (result.status, pages(outside), pages(project)) == (3, [], [])
    assert "leads out of the project" in result.err


def test_all_is_written_or_nothing(project: Path, nango: Nango) -> None:
    (project / "gitlab").touch()
    result = nango("generate:docs")
    assert (result.status, pages(project)) == (3, [])
    assert "gitlab is not a folder" in result.err


def test_the_option_of_nangos_templates_is_accepted(project: Path, nango: Nango) -> None:
    assert nango("generate:docs", "--integration-templates").status == 0
    assert "--integration-templates" not in nango("generate:docs", "--help").out
