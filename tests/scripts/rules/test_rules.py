"""Every file under `err` and `ok` as one file of the project in nango.yaml, and what `nango check` says of it.

A case is named after the rule that it is about. Its first line is its place in the project. In `err` a line that ends
in `# !` is one that the rule reports, and the `.out` beside it holds the words. Where these offer a fix, the `.fixed`
holds what is left after `--fix --unsafe-fixes`. The rule is silent about those of `ok`, and every rule is about those
of `good`, which are written in the ways that integrations are.
"""

from __future__ import annotations

import dataclasses
import re
import shutil
from pathlib import Path

import pytest

from nango_cli.diagnostics.codes import CODES, SCRIPT_RULES
from nango_cli.scripts.rules.registry import RULES
from nango_cli.scripts.rules.request import FIELDS
from nango_cli.scripts.type_errors.registry import TYPE_ERROR, UNCHECKED
from nango_cli.sdk import ProxyConfiguration

HERE = Path(__file__).parent
ERR = sorted((HERE / "err").glob("*.py"))
GOOD = sorted((HERE / "good").glob("*.py"))
OK = sorted((HERE / "ok").glob("*.py"))
NAMES = {CODES[code].name: code for code in RULES}

_REPORTED = re.compile(r"^\S+?:(\d+):\d+: (?:error|warning) (NG\d{3}): ", re.MULTILINE)


def code_of(case: Path) -> str:
    """The code of the rule that a case is named after."""
    return NAMES[max((name for name in NAMES if f"{case.stem}-".startswith(f"{name}-")), key=len)]


@pytest.fixture
def placed(tmp_path):
    """Puts a case where it says it stands, in a project."""

    def call(case: Path) -> Path:
        shutil.copy(HERE / "nango.yaml", tmp_path)
        text = case.read_text(encoding="utf-8")
        path = tmp_path / text.partition("\n")[0].removeprefix("# ")
        event = tmp_path / "acme" / "on-events" / "welcome.py"  # mappers are looked at beside scripts
        event.parent.mkdir(parents=True)
        event.write_text("def on_event(nango): ...\n")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return call


@pytest.fixture
def said(nango, placed):
    """What rules say of a case."""

    def call(case: Path, codes: str) -> str:
        placed(case)
        result = nango("check", "--select", codes)
        assert result.err == ""
        return result.out

    return call


@pytest.mark.parametrize("case", ERR, ids=lambda case: case.stem)
def test_err(case, said, golden):
    output = said(case, code_of(case))
    lines = case.read_text(encoding="utf-8").splitlines()
    marked = [number for number, line in enumerate(lines, 1) if line.endswith("# !")]
    assert sorted({int(line) for line, _ in _REPORTED.findall(output)}) == marked, output
    assert {code for _, code in _REPORTED.findall(output)} == {code_of(case)}
    golden(case.with_suffix(".out"), output)


@pytest.mark.parametrize("case", ERR, ids=lambda case: case.stem)
def test_fix(case, nango, placed, golden):
    path, code = placed(case), code_of(case)
    offered = "\n  fix: " in nango("check", "--select", code).out
    left = nango("check", "--fix", "--unsafe-fixes", "--select", code)
    assert "\n  fix: " not in left.out  # what is offered is done
    assert nango("check", "--select", "NG404").out == ""
    after = path.read_text(encoding="utf-8")
    assert (after != case.read_text(encoding="utf-8")) == offered
    if offered:
        golden(case.with_suffix(".fixed"), after)


@pytest.mark.parametrize("case", OK, ids=lambda case: case.stem)
def test_ok(case, said):
    assert said(case, code_of(case)) == ""


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.stem)
def test_good_scripts_are_left_alone(case, said):
    assert said(case, ",".join(RULES)) == ""


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_cases(code):
    assert any(code_of(case) == code for case in ERR)
    assert any(code_of(case) == code for case in OK)


def test_nothing_is_left_over():
    assert {path.stem for path in (HERE / "err").glob("*.out")} == {case.stem for case in ERR}
    fixable = {case.stem for case in ERR if "\n  fix: " in case.with_suffix(".out").read_text(encoding="utf-8")}
    assert {path.stem for path in (HERE / "err").glob("*.fixed")} == fixable


def test_a_rule_is_named_after_its_module():
    for code, rule in RULES.items():
        assert rule.__name__.rpartition(".")[2].replace("_", "-") == CODES[code].name
        assert rule.__doc__


def test_the_range_of_codes_holds_the_rules_alone():
    assert RULES.keys() | {TYPE_ERROR, UNCHECKED} == SCRIPT_RULES


def test_the_fields_of_a_request_are_those_that_the_sdk_knows():
    assert tuple(each.name for each in dataclasses.fields(ProxyConfiguration)) == FIELDS
