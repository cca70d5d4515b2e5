import json

import pytest

from nango_cli.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from nango_cli.diagnostics.render.sarif import render_sarif
from nango_cli.diagnostics.source import Span

MISSING = Diagnostic("NG001", "error", "no nango.yaml here")
UNDEFINED = Diagnostic(
    "NG201",
    "error",
    "model `Isue` is not defined",
    Span("nango.yaml", 14, 17, 14, 21),
    help="did you mean `Issue`?",
    labels=(Label(Span("models/all.yaml", 31, 3, 32, 1), "defined here"),),
)
DEPRECATED = Diagnostic("NG105", "warning", "old", Span("nango.yaml", 3, 5, 3, 9))


def run(*found: Diagnostic) -> dict:
    [one] = json.loads(render_sarif(found, version="1.2.3"))["runs"]
    return one


def test_a_log_is_one_run_of_the_tool_with_the_rules_it_used():
    log = json.loads(render_sarif([UNDEFINED, DEPRECATED, UNDEFINED], version="1.2.3"))
    results = log["runs"][0].pop("results")
    assert log == {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "nango-cli",
                        "version": "1.2.3",
                        "rules": [
                            {
                                "id": "NG105",
                                "name": "DeprecatedKey",
                                "defaultConfiguration": {"level": "warning"},
                                "help": {"text": "nango explain NG105"},
                            },
                            {
                                "id": "NG201",
                                "name": "UndefinedModel",
                                "defaultConfiguration": {"level": "error"},
                                "help": {"text": "nango explain NG201"},
                            },
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
            }
        ],
    }
    assert [(each["ruleId"], each["ruleIndex"]) for each in results] == [("NG201", 1), ("NG105", 0), ("NG201", 1)]


def test_a_result_says_what_where_and_what_else():
    [result] = run(UNDEFINED)["results"]
    assert result.pop("partialFingerprints").keys() == {"diagnostic/v1"}
    assert result == {
        "ruleId": "NG201",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "model `Isue` is not defined\ndid you mean `Issue`?"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "nango.yaml"},
                    "region": {"startLine": 14, "startColumn": 17, "endLine": 14, "endColumn": 21},
                }
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": {"uri": "models/all.yaml"},
                    "region": {"startLine": 31, "startColumn": 3, "endLine": 32, "endColumn": 1},
                },
                "message": {"text": "defined here"},
            }
        ],
    }


def test_a_result_without_a_place_has_only_words():
    [result] = run(MISSING._replace(severity="note"))["results"]
    assert result.pop("partialFingerprints")
    assert result == {
        "ruleId": "NG001",
        "ruleIndex": 0,
        "level": "note",
        "message": {"text": "no nango.yaml here"},
    }


def test_no_diagnostics_are_an_empty_run():
    assert run()["results"] == run()["tool"]["driver"]["rules"] == []


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("models/all.yaml", "models/all.yaml"),
        ("../a b#c?d%e.yaml", "../a%20b%23c%3Fd%25e.yaml"),
        ("c:a.yaml", "c%3Aa.yaml"),
        ("日.yaml", "%E6%97%A5.yaml"),
        ("\udcff.yaml", "%FF.yaml"),
        ("/tmp/a b.yaml", "file:///tmp/a%20b.yaml"),
    ],
)
def test_a_path_is_a_uri(path, uri):
    [result] = run(Diagnostic("NG003", "error", "no", Span(path, 1, 1, 1, 1)))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def fingerprints(*found: Diagnostic) -> list[str]:
    return [each["partialFingerprints"]["diagnostic/v1"] for each in run(*found)["results"]]


def test_a_fingerprint_survives_a_move_and_nothing_else():
    moved = UNDEFINED._replace(span=Span("nango.yaml", 99, 1, 99, 5), help=None)
    assert fingerprints(moved) == fingerprints(UNDEFINED)
    others = [
        MISSING,
        UNDEFINED,
        moved,
        UNDEFINED._replace(code="NG204"),
        UNDEFINED._replace(message="model `Isuse` is not defined"),
        UNDEFINED._replace(span=Span("other.yaml", 14, 17, 14, 21)),
    ]
    assert len(set(fingerprints(*others))) == len(others)


def test_a_fix_is_a_change_of_the_file():
    fix = Fix("remove it", (Edit(Span("nango.yaml", 3, 5, 3, 9), ""),))
    [result] = run(DEPRECATED._replace(fix=fix))["results"]
    region = {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9}
    assert result["fixes"] == [
        {
            "description": {"text": "remove it"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "nango.yaml"},
                    "replacements": [{"deletedRegion": region, "insertedContent": {"text": ""}}],
                }
            ],
            "properties": {"safe": True},
        }
    ]
    assert "fixes" not in run(DEPRECATED)["results"][0]
