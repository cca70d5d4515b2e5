"""The pages of scripts: golden files beside a project with every kind of type, and what no type may do to them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import corpus
import pytest

from nango_cli.diagnostics.source import Source
from nango_cli.generators import script_docs
from nango_cli.generators.script_docs import MARKER, kept
from nango_cli.language.compiler import compile_source

HERE = Path(__file__).with_name("script_docs")
ODD = Path(__file__).with_name("odd.yaml").read_text(encoding="utf-8")


def pages(text: str, *, flat: bool = False, of: str | None = None) -> dict[str, str]:
    compilation = compile_source(Source("nango.yaml", text))
    assert compilation.ok, compilation.diagnostics
    return {file.path: file.text for file in script_docs.generate(compilation.project, flat=flat, of=of)}


def action(output: str, models: str) -> str:
    """The page of one action with this output."""
    text = f"""
integrations: {{acme: {{actions: {{act: {{endpoint: GET /a, output: {output}}}}}}}}}
models:
{models}
"""
    return pages(text)["acme/actions/act.md"]


def blocks(page: str) -> list[object]:
    return [json.loads(text) for text in re.findall(r"^```json\n(.*?)\n```$", page, re.MULTILINE | re.DOTALL)]


def test_pages(golden):
    found = pages((HERE / "nango.yaml").read_text(encoding="utf-8"))
    assert sorted(found) == [
        "github/actions/close-pull-request.md",
        "github/actions/list-names.md",
        "github/actions/ping.md",
        "github/syncs/every-kind.md",
        "github/syncs/pull-requests.md",
        "gitlab/actions/ping.md",
    ]
    for path, text in found.items():
        golden(HERE / path, f"{text}\n")


def test_flat_pages_of_one_name_have_their_integrations():
    text = "integrations: {b: {actions: {p: {endpoint: /1}, x: {endpoint: /2}}}, a: {actions: {p: {endpoint: /3}}}}"
    assert list(pages(text, flat=True)) == ["b-p.md", "x.md", "a-p.md"]
    assert list(pages(text, flat=True, of="a")) == ["a-p.md"], "what a page is called does not depend on the others"
    assert list(pages(text, of="a")) == ["a/actions/p.md"]


def test_no_two_flat_pages_have_the_same_name():
    text = """
integrations:
    a: {actions: {b: {endpoint: /1}, a-b: {endpoint: /2}}}
    c: {actions: {b: {endpoint: /3}}}
"""
    assert list(pages(text, flat=True)) == ["a-b_2.md", "a-b.md", "c-b.md"]


def test_a_circle_ends_with_a_name():
    page = action("A", "    A: {b: B, id: string}\n    B: {a?: A, bs: 'B[]'}")
    assert blocks(page) == [
        {"b": {"a?": "<A>", "bs": "<B[]>"}, "id": "<string>"},
        {"a?": {"b": "<B>", "id": "<string>"}, "bs": "<B[]>"},
    ]


def test_models_that_multiply_are_written_out_once_each():
    rows = [f"    M{n}: {{{', '.join(f'f{field}: M{n + 1}' for field in range(20))}}}" for n in range(30)]
    page = action("M0", "\n".join([*rows, "    M30: {last: string}"]))
    assert "`M30`:" in page
    assert len(page) < 1_000_000


def test_a_chain_of_models_may_be_longer_than_python_recurses():
    rows = [f"    M{n}: {{next: M{n + 1}}}" for n in range(2000)]
    page = action("M0", "\n".join([*rows, "    M2000: {last: string}"]))
    assert '"last": "<string>"' in page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{MARKER}\nmine\n", "\nmine\n"),
        (f"# Title\r\n{MARKER} \r\n\r\nmine", " \r\n\r\nmine"),
        (f"{MARKER}\n{MARKER}\n", f"\n{MARKER}\n"),
        (MARKER, ""),
        (f"  {MARKER}\n", None),
        (f"{MARKER} x\n", None),
        (MARKER.replace("  ", " "), None),
        ("", None),
    ],
    ids=["text", "other line ends", "twice", "at the end", "indented", "in a line", "one space", "empty"],
)
def test_what_is_kept(text, expected):
    assert kept(text) == expected


@pytest.mark.parametrize("text", [MARKER, f"a\n{MARKER}\nb", "a\n\n\n```\n# b"], ids=["marker", "lines", "markdown"])
def test_a_description_stays_in_its_place(text):
    yaml = {"integrations": {"a": {"actions": {"b": {"endpoint": "/b", "description": text, "scopes": [text]}}}}}
    page = pages(json.dumps(yaml))["a/actions/b.md"]
    assert kept(page) == "", "only the last line ends the generated part"
    assert re.findall(r"^#+ .*", page, re.MULTILINE)[1:3] == ["## General Information", "## Endpoint Reference"]


def test_odd_names_and_types():
    for page in pages(ODD).values():
        assert kept(page) == ""
        assert blocks(page) or "_None_" in page


@corpus.needs_corpus
@pytest.mark.parametrize("project", corpus.PROJECTS)
def test_real_projects(project):
    compilation = compile_source(Source("nango.yaml", corpus.text(project)))
    scripts = [script for each in compilation.project.integrations for script in each.runnables]
    made = [*script_docs.generate(compilation.project)]
    assert len({file.path for file in made}) == len(made) == len(scripts)
    for file, script in zip(made, scripts, strict=True):
        assert kept(file.text) == ""
        assert len(blocks(file.text)) >= len(script.output or ()) + bool(script.input)
