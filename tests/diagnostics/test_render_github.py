import pytest

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.diagnostics.render.github import render_github
from nango_cli.diagnostics.source import Span

HERE = Span("nango.yaml", 14, 17, 14, 21)

CASES = {
    "error": (
        Diagnostic("NG201", "error", "model `Isue` is not defined", HERE),
        "::error file=nango.yaml,line=14,col=17,endLine=14,endColumn=21,title=NG201 undefined-model"
        "::model `Isue` is not defined",
    ),
    "warning": (
        Diagnostic("NG105", "warning", "old", HERE),
        "::warning file=nango.yaml,line=14,col=17,endLine=14,endColumn=21,title=NG105 deprecated-key::old",
    ),
    "note is a notice": (
        Diagnostic("NG210", "note", "loop", HERE),
        "::notice file=nango.yaml,line=14,col=17,endLine=14,endColumn=21,title=NG210 recursive-model::loop",
    ),
    "help is a second line": (
        Diagnostic("NG001", "error", "no nango.yaml", help="run\n`nango init`"),
        "::error title=NG001 no-project::no nango.yaml%0Arun%0A`nango init`",
    ),
    "several lines have no columns": (
        Diagnostic("NG205", "error", "loop", Span("nango.yaml", 3, 5, 7, 2)),
        "::error file=nango.yaml,line=3,endLine=7,title=NG205 extends-cycle::loop",
    ),
    "the message keeps : and , but not % and line breaks": (
        Diagnostic("NG001", "error", "a: b, 100%0A\r\n::error::x"),
        "::error title=NG001 no-project::a: b, 100%250A%0D%0A::error::x",
    ),
    "a property keeps none of them": (
        Diagnostic("NG003", "error", "no", Span("C:a,b%\r\n.yaml", 1, 1, 1, 1)),
        "::error file=C%3Aa%2Cb%25%0D%0A.yaml,line=1,col=1,endLine=1,endColumn=1,title=NG003 not-utf8::no",
    ),
}


@pytest.mark.parametrize(("diagnostic", "expected"), CASES.values(), ids=CASES)
def test_a_diagnostic_is_one_command(diagnostic, expected):
    assert render_github([diagnostic]) == expected


def test_each_command_has_its_line():
    one = Diagnostic("NG001", "error", "no")
    assert render_github([one, one]) == "::error title=NG001 no-project::no\n::error title=NG001 no-project::no"
    assert render_github([]) == ""
