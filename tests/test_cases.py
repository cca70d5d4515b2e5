"""Every file under tests/cases/check beside what `nango check` prints for it.

The first line of a case may be a comment that names codes. In `err` they are exactly the codes that the file must
report; in `ok` they are the codes that the file nearly reports and must not. A file of `ok` without an `.out` prints
nothing. Where what was read matters, a `.json` holds the output of `nango check --print-config`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nango_cli.checks.registry import RULES
from nango_cli.diagnostics.codes import CODES

CASES = Path(__file__).parent / "cases" / "check"
OK = sorted((CASES / "ok").glob("*.yaml"))
ERR = sorted((CASES / "err").glob("*.yaml"))

# These are about files that are missing or may not be read or written, for which there is tests/cli/test_files.py, or
# about nango.toml, for which there is tests/cli/test_configuration.py.
NOT_BY_CONTENT = {"NG001", "NG002", "NG010", "NG011"}

_HEADER = re.compile(r"#\s*((?:NG\d{3},?\s*)+):")
_REPORTED = re.compile(r"^(?:\S+:\d+:\d+: )?(error|warning|note) (NG\d{3}): ", re.MULTILINE)


@pytest.mark.parametrize("case", OK, ids=lambda case: case.stem)
def test_ok(case, nango, golden, tmp_path):
    status, text = _check(case, nango, tmp_path)
    assert status == 0, text
    assert not set(_named(case)) & _reported(text), text
    expected = case.with_suffix(".out")
    if text or expected.exists():
        golden(expected, text)
    configuration = case.with_suffix(".json")
    if configuration.exists():
        golden(configuration, nango("check", "--print-config").out)


@pytest.mark.parametrize("case", ERR, ids=lambda case: case.stem)
def test_err(case, nango, golden, tmp_path):
    status, text = _check(case, nango, tmp_path)
    assert _reported(text) == set(_named(case)), text
    assert status == int("error" in _severities(text))
    golden(case.with_suffix(".out"), text)


@pytest.mark.parametrize("code", sorted(code for code in CODES if code < "NG400" and code not in NOT_BY_CONTENT))
def test_every_code_has_a_case_and_a_near_miss(code):
    assert any(code in _named(case) for case in ERR), f"no case in err reports {code}"
    assert any(code in _named(case) for case in OK), f"no case in ok names {code} as what it nearly reports"


def test_nothing_is_left_over():
    cases = {case.with_suffix("") for case in (*OK, *ERR)}
    files = {path for folder in ("ok", "err") for path in (CASES / folder).iterdir()}
    assert {path for path in files if path.with_suffix("") not in cases} == set()


def _check(case: Path, nango, folder: Path) -> tuple[int, str]:
    """The exit status of `nango check` on a case and what it prints, with the case's name in place of nango.yaml."""
    (folder / "nango.yaml").write_bytes(case.read_bytes())
    # A rule has something to say about nearly every small file, so only those that the case names are heard.
    result = nango("check", "--ignore", ",".join(RULES.keys() - set(_named(case))))
    assert result.err == ""
    return result.status, re.sub(r"\bnango\.yaml(?=:\d+:\d+)", case.name, result.out)


def _named(case: Path) -> list[str]:
    first = case.read_bytes().decode("utf-8-sig", errors="replace").partition("\n")[0]
    match = _HEADER.match(first)
    return re.findall(r"NG\d{3}", match[1]) if match else []


def _reported(text: str) -> set[str]:
    return {code for _, code in _REPORTED.findall(text)}


def _severities(text: str) -> set[str]:
    return {severity for severity, _ in _REPORTED.findall(text)}
