"""The documentation of every code, executed: what a page shows is what happens.

A block such as ```yaml nango.yaml is written to a file of a fresh folder, a `console` block is run there line by line:
`nango` in this process, everything else by sh. What comes before the first `##` must report the page's code; every
section after it that has a block must not, by its own last `nango` line or else by the one at the top of the page.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from pages import BLOCK, steady

from nango_cli.checks.registry import RULES
from nango_cli.diagnostics.codes import CODES

DOCS = Path(__file__).parent.parent / "docs"
PAGES = sorted((DOCS / "diagnostics").glob("NG*.md"))
REFERENCE = sorted((DOCS / "reference").glob("*.md"))

# What needs a server or a type checker that misbehaves, and a bug of ours, which no input is known to provoke.
NOT_EXECUTED = {"NG439", "NG704", "NG706", "NG707", "NG708", "NG711", "NG712", "NG901"}

_REPORTED = r"^(?:\S+:\d+:\d+: )?(?:error|warning|note) {code}: "


@dataclass
class Page:
    """A page as it runs: the commands of its first part, and the text with outputs as they turned out."""

    code: str
    nango: object
    folder: Path
    command: str = ""

    def run(self, section: str) -> tuple[str, str]:
        """Run one section; return it with what its commands print now, and the output of its last `nango`."""
        last = ""

        def replace(block: re.Match[str]) -> str:
            nonlocal last
            if block["file"]:
                path = self.folder / block["file"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block["body"], encoding="utf-8")
            if block["language"] != "console":
                return block[0]
            shown = []
            for line in re.findall(r"^\$ (.*)\n", block["body"], re.MULTILINE):
                output = self.line(line)
                shown.append(f"$ {line}\n{output}")
                if line.startswith("nango "):
                    self.command, last = self.command or line, output
            return f"```console\n{''.join(shown)}```"

        text = BLOCK.sub(replace, section)
        return text, last

    def line(self, line: str) -> str:
        if line.startswith("nango "):
            result = self.nango(*shlex.split(line)[1:])
            return steady(result.out + result.err)
        done = subprocess.run(["sh", "-c", line], cwd=self.folder, capture_output=True, text=True, check=True)
        return done.stdout + done.stderr


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page(path, nango, golden, tmp_path):
    text = path.read_text(encoding="utf-8")
    if path.stem in NOT_EXECUTED:
        assert "<!-- not executed: " in text
        return
    assert "<!-- not executed" not in text
    if path.stem == "NG001" and any((folder / "nango.yaml").exists() for folder in tmp_path.parents):
        pytest.skip("somebody left a nango.yaml above the folder of temporary files")
    reported = re.compile(_REPORTED.format(code=path.stem), re.MULTILINE)
    page = Page(path.stem, nango, tmp_path)
    top, *sections = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    actual, output = page.run(top)
    assert page.command, "the page shows no command"
    assert reported.search(output), output
    assert any(section.startswith("## Corrected") for section in sections)
    for section in sections:
        if BLOCK.search(section) is None:
            actual += section
            continue
        ran, output = page.run(section)
        actual += ran
        output = output if "\n$ nango " in section else page.line(page.command)
        assert not reported.search(output), output
    golden(path, actual)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_heading_and_severity(path):
    entry = CODES[path.stem]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[:3] == [f"# {path.stem}: {entry.name}", "", f"Severity: {entry.severity}"]


def test_every_code_has_a_page():
    assert [path.stem for path in PAGES] == sorted(CODES)


def test_the_index_lists_every_code():
    index = (DOCS / "diagnostics" / "index.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(NG\d{3})\]\((NG\d{3})\.md\) \| (\S+) \| (\w+) \| \S.*\|$", index, re.MULTILINE)
    assert rows == [(code, code, entry.name, entry.severity) for code, entry in CODES.items()]


@pytest.mark.parametrize("path", REFERENCE, ids=lambda path: path.stem)
def test_whole_files_of_the_reference_pass(path, nango, tmp_path):
    for block in BLOCK.finditer(path.read_text(encoding="utf-8")):
        if block["file"] == "nango.yaml":
            (tmp_path / "nango.yaml").write_text(block["body"], encoding="utf-8")
            # Small examples leave out what rules ask for.
            result = nango("check", "--ignore", ",".join(RULES))
            assert (result.status, result.out) == (0, ""), result.out


def test_links_lead_somewhere():
    for path in (*PAGES, *REFERENCE, DOCS / "diagnostics" / "index.md"):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"
