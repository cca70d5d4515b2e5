"""nango.toml: what it says about what `check` says, what the command line says to that, and what is wrong in it."""

from __future__ import annotations

import json
import sys

import pytest

# A warning of the compiler, a warning of a rule and a note of a rule.
PROJECT = """\
integrations:
    github:
        actions:
            close:
                endpoint: {path: /issues, group: Issues}
                input: {input}
models:
    Issue:
        id: Usr
    User: {}
"""


@pytest.fixture
def check(tmp_path, nango):
    """Runs `nango check` with a nango.toml and options: the severity of each code, and the exit status."""

    def run(toml, *options):
        (tmp_path / "nango.yaml").write_text(PROJECT.replace("{input}", "Issue"))
        if toml is not None:
            (tmp_path / "nango.toml").write_text(toml)
        result = nango("check", "--format", "json", *options)
        return {each["code"]: each["severity"] for each in json.loads(result.out)["diagnostics"]}, result.status

    return run


ALL = {"NG323": "warning", "NG202": "warning", "NG222": "note"}
STRICT = {"NG323": "error", "NG202": "error", "NG222": "note"}


@pytest.mark.parametrize(
    ("toml", "options", "found"),
    [
        (None, [], ALL),
        ("", [], ALL),
        ("# nothing", ["--no-strict"], ALL),
        (None, ["--strict"], STRICT),
        ("strict = true", [], STRICT),
        ("strict = true", ["--no-strict"], ALL),
        ("strict = false", ["--strict"], STRICT),
        ('select = ["NG2"]', [], {"NG202": "warning", "NG222": "note"}),
        ('select = ["NG2"]', ["--select", "NG3"], {"NG323": "warning"}),
        ('ignore = ["NG2", "missing-description"]', [], {}),
        ('ignore = ["NG2"]', ["--ignore", "NG3"], {}),
        ('ignore = ["NG2"]', ["--select", "NG2"], {"NG202": "warning", "NG222": "note"}),
        ('ignore = ["NG2"]', ["--select", "NG2", "--ignore", "NG222"], {"NG202": "warning"}),
        ('[severity]\nNG222 = "off"', [], {"NG323": "warning", "NG202": "warning"}),
        ('[severity]\nNG222 = "off"', ["--select", "NG222"], {"NG222": "note"}),
        ('severity.unused-model = "error"', [], {**ALL, "NG222": "error"}),
        ('[severity]\nsuspicious-literal = "note"\nng323 = "error"', [], {**ALL, "NG202": "note", "NG323": "error"}),
        (
            'strict = true\n[severity]\nNG222 = "warning"\nNG323 = "note"',
            [],
            {**STRICT, "NG222": "error", "NG323": "note"},
        ),
    ],
)
def test_what_is_reported(toml, options, found, check):
    assert check(toml, *options) == (found, int("error" in found.values()))


def test_a_rule_that_is_off_still_counts_as_silenced(tmp_path, nango):
    (tmp_path / "nango.yaml").write_text(PROJECT.replace("{input}", "Issue").replace("{}", "{} # nango: ignore[NG222]"))
    (tmp_path / "nango.toml").write_text('ignore = ["NG202", "NG323"]\n[severity]\nunused-model = "off"\n')
    assert nango("check").out == ""


MEMORY = "`memory` must be a number of megabytes, from 32 to 4611686018427"


@pytest.mark.parametrize(
    ("toml", "place", "message", "help"),
    [
        ("strict = yes", "1:10", "invalid TOML: invalid value", None),
        ("strict = true\nstrict = true", "2:14", "invalid TOML: cannot overwrite a value", None),
        ("select = [", "1:11", "invalid TOML: invalid value", None),
        ("\n[severity", "2:10", "invalid TOML: expected ']' at the end of a table declaration", None),
        ("# strikt\nstrikt = true", "2:1", "unknown key `strikt`", "did you mean `strict`?"),
        (
            "[rules]\n",
            "1:2",
            "unknown key `rules`",
            "known keys: `strict`, `types`, `select`, `ignore`, `severity`, `dryrun`",
        ),
        ("types = 1", "1:1", "`types` must be `true` or `false`", "write `types = true`"),
        ("strict = 1", "1:1", "`strict` must be `true` or `false`", "write `strict = true`"),
        ('ignore = "NG202"', "1:1", "`ignore` must be a list of codes", 'write `ignore = ["NG322"]`'),
        ("select = [202]", "1:1", "`select` must be a list of codes", 'write `select = ["NG322"]`'),
        ('select = ["NG2",\n "NG222", "NG9X"]', "2:12", "no diagnostic has the code `NG9X`", None),
        ('ignore = [""]', "1:1", "no diagnostic has the code ``", None),
        ("severity = true", "1:1", "`severity` must be a table", None),
        (
            '[severity]\nmising-scopes = "off"',
            "2:1",
            "no diagnostic has the code `mising-scopes`",
            "did you mean `missing-scopes`?",
        ),
        ('[severity]\nNG3 = "off"', "2:1", "no diagnostic has the code `NG3`", None),
        ('[severity]\nNG222 = "offf"', "2:10", "`offf` is not a severity", "did you mean `off`?"),
        ("[severity]\nNG222 = false", "2:1", "`False` is not a severity", None),
        ("[dryrun]\nmemory = 5", "2:1", MEMORY, None),
        ("[dryrun]\nmemory = 99999999999999", "2:1", MEMORY, None),
        ('[severity]\nNG201 = "off"', "2:1", "the severity of NG201 cannot be changed", None),
        ('[severity]\nNG401 = "note"', "2:1", "the severity of NG401 cannot be changed", None),
    ],
)
def test_what_is_wrong_is_reported_where_it_stands(toml, place, message, help, tmp_path, nango):
    (tmp_path / "nango.yaml").write_text("integrations: {}\n")
    (tmp_path / "nango.toml").write_text(toml)
    result = nango("check", "--select", "NG2")
    first = result.out.splitlines()[0]
    assert (result.status, first) == (1, f"nango.toml:{place}: error NG011: {message}")
    assert help is None or f"\n  help: {help}\n" in result.out


def test_the_rest_applies(check):
    found, status = check('ignore = ["NG323", "NG9X"]\nstrikt = true\n[severity]\nNG222 = "off"\nNG201 = "note"\n')
    assert (found, status) == ({"NG011": "error", "NG202": "warning"}, 1)


def test_the_severity_of_a_rule_that_is_an_error_can_be_changed(tmp_path, nango):
    sync = "{runs: 1h, sync_type: incremental, track_deletes: true, endpoint: [], output: [], description: x}"
    (tmp_path / "nango.yaml").write_text(f"integrations: {{g: {{syncs: {{a: {sync}}}}}}}\n")
    assert nango("check").status == 1
    assert nango("generate").status == 0
    (tmp_path / "nango.toml").write_text('[severity]\nincremental-deletes = "warning"\n')
    result = nango("check")
    assert (result.status, "warning NG326" in result.out) == (0, True)
    assert json.loads(nango("check", "--print-config").out)["yamlVersion"] == "v2"


@pytest.mark.parametrize("toml", ['ignore = ["NG2"]', 'select = ["NG3"]'])
def test_hiding_an_error_does_not_make_a_project_usable(toml, tmp_path, nango):
    (tmp_path / "nango.yaml").write_text("integrations: {}\nmodels:\n    A:\n        __extends: B\n")
    (tmp_path / "nango.toml").write_text(toml)
    assert nango("check").status == 0
    assert nango("generate").status == 1
    assert not (tmp_path / "models.py").exists()


def test_a_file_that_is_not_utf8(tmp_path, nango):
    (tmp_path / "nango.yaml").write_text("integrations: {}\n")
    (tmp_path / "nango.toml").write_bytes(b"strict = true # \xff")
    result = nango("check")
    assert (result.status, result.out.splitlines()[0].split(": ")[1]) == (1, "error NG003")


def test_nested_too_deeply(tmp_path, nango):
    (tmp_path / "nango.yaml").write_text("integrations: {}\n")
    (tmp_path / "nango.toml").write_text("select = " + "[" * 100_000)
    assert "nango.toml:1:1: error NG011: " in nango("check").out


def test_toml_is_read_only_where_there_is_some(tmp_path, nango, monkeypatch):
    (tmp_path / "nango.yaml").write_text("integrations: {}\n")
    monkeypatch.setitem(sys.modules, "tomllib", None)
    assert nango("check").status == 0
