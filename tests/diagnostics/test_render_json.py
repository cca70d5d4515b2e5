import json

from nango_cli.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from nango_cli.diagnostics.render.json_report import summary, to_json
from nango_cli.diagnostics.source import Span


def test_a_diagnostic_has_every_key():
    diagnostic = Diagnostic(
        "NG201",
        "error",
        "model `Isue` is not defined",
        Span("nango.yaml", 14, 17, 15, 21),
        help="did you mean `Issue`?",
        labels=(Label(Span("other.yaml", 31, 3, 31, 8), "defined here"),),
    )
    assert to_json(diagnostic) == {
        "code": "NG201",
        "name": "undefined-model",
        "severity": "error",
        "message": "model `Isue` is not defined",
        "path": "nango.yaml",
        "span": {"line": 14, "column": 17, "end_line": 15, "end_column": 21},
        "help": "did you mean `Issue`?",
        "labels": [
            {
                "message": "defined here",
                "path": "other.yaml",
                "span": {"line": 31, "column": 3, "end_line": 31, "end_column": 8},
            }
        ],
        "fix": None,
        "docs": "nango explain NG201",
    }


def test_what_is_absent_is_null_or_empty():
    value = to_json(Diagnostic("NG001", "error", "no nango.yaml here"))
    assert json.loads(json.dumps(value)) == {
        "code": "NG001",
        "name": "no-project",
        "severity": "error",
        "message": "no nango.yaml here",
        "path": None,
        "span": None,
        "help": None,
        "labels": [],
        "fix": None,
        "docs": "nango explain NG001",
    }


def test_a_fix_lists_its_edits():
    fix = Fix("write `a`", (Edit(Span("nango.yaml", 1, 2, 1, 3), "a"),), safe=False)
    assert to_json(Diagnostic("NG202", "warning", "b", Span("nango.yaml", 1, 1, 1, 9), fix=fix))["fix"] == {
        "title": "write `a`",
        "safe": False,
        "edits": [
            {"path": "nango.yaml", "span": {"line": 1, "column": 2, "end_line": 1, "end_column": 3}, "text": "a"}
        ],
    }


def test_the_summary_counts_by_severity():
    error = Diagnostic("NG001", "error", "a")
    warning = Diagnostic("NG105", "warning", "b")
    note = Diagnostic("NG210", "note", "c")
    assert summary(iter([error, note, error, note, warning, note])) == {"errors": 2, "warnings": 1, "notes": 3}
    assert summary([]) == {"errors": 0, "warnings": 0, "notes": 0}
