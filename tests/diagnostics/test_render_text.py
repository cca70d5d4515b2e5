import re
import subprocess
import sys
from itertools import accumulate
from textwrap import dedent

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from wcwidth import iter_graphemes, wcswidth

from nango_cli.diagnostics.diagnostic import Diagnostic, Label, Severity
from nango_cli.diagnostics.render.snippet import WIDTH, escape, lay_out
from nango_cli.diagnostics.render.text import render_text
from nango_cli.diagnostics.source import Source, Span

FAMILY = "👩‍👩‍👧"


def found(marked: str, *messages: str, path: str = "nango.yaml") -> tuple[Diagnostic, dict[str, Source]]:
    """The text without its marks and a diagnostic for them: `«here»` is the place, each `‹here›` is a label."""
    text, places, opened = "", {}, {}
    for piece in re.split("([«»‹›])", marked):
        before = text.split("\n")
        match piece:
            case "«" | "‹":
                opened[piece] = (len(before), len(before[-1]) + 1)
            case "»" | "›":
                begin = opened["«" if piece == "»" else "‹"]
                places.setdefault(piece, []).append(Span(path, *begin, len(before), len(before[-1]) + 1))
            case _:
                text += piece
    labels = tuple(Label(*each) for each in zip(places.get("›", []), messages, strict=True))
    [span] = places["»"]
    return Diagnostic("NG201", "error", "no", span, labels=labels), {path: Source(path, text)}


def snippet(marked: str, *messages: str) -> str:
    """What is between the header and the docs of a rendered text."""
    diagnostic, sources = found(marked, *messages)
    header, *rows, docs = render_text([diagnostic], sources, color=False).split("\n")
    assert header == f"{diagnostic.span}: error NG201: no"
    assert docs == "  docs: nango explain NG201"
    return "".join(f"{row}\n" for row in rows)


def test_a_diagnostic_is_place_message_snippet_help_and_docs():
    source = Source("nango.yaml", "\n" * 13 + "        output: Isue\n")
    diagnostic = Diagnostic(
        "NG201",
        "error",
        "model `Isue` is not defined",
        Span("nango.yaml", 14, 17, 14, 21),
        help="did you mean `Issue`? (defined at nango.yaml:31:3)",
    )
    assert render_text([diagnostic], {"nango.yaml": source}, color=False) == dedent(
        """\
        nango.yaml:14:17: error NG201: model `Isue` is not defined
           |
        14 |         output: Isue
           |                 ^^^^
          help: did you mean `Issue`? (defined at nango.yaml:31:3)
          docs: nango explain NG201"""
    )


ONE_LINE = {
    "word": ("a: «bc»", "1 | a: bc", "  |    ^^"),
    "zero width": ("a: «»bc", "1 | a: bc", "  |    ^"),
    "end of line": ("a:«»", "1 | a:", "  |   ^"),
    "empty line": ("«»", "1 |", "  | ^"),
    "trailing space": ("a:« »", "1 | a:", "  |   ^"),
    "line break": ("a:«\n»b: c", "1 | a:", "  |   ^"),
    "tab before": ("\ta:\t«bc»", "1 |     a:    bc", "  |           ^^"),
    "tab marked": ("a:«\t»b", "1 | a:    b", "  |   ^^^^"),
    "CJK before": ("日本: «x»", "1 | 日本: x", "  |       ^"),
    "CJK marked": ("a: «日本»", "1 | a: 日本", "  |    ^^^^"),
    "emoji": ("🎉: «🎉»", "1 | 🎉: 🎉", "  |     ^^"),
    "joined emoji": (f"{FAMILY}: «{FAMILY}»", f"1 | {FAMILY}: {FAMILY}", "  |     ^^"),
    "part of joined emoji": (f"a: «{FAMILY[0]}»{FAMILY[1:]}", f"1 | a: {FAMILY}", "  |    ^^"),
    "flag and skin": ("🇫🇷👍🏽: «x»", "1 | 🇫🇷👍🏽: x", "  |       ^"),
    "combining before": ("e\u0301e\u0301: «x»", "1 | e\u0301e\u0301: x", "  |     ^"),
    "combining marked": ("a: e«\u0301»x", "1 | a: e\u0301x", "  |    ^"),
    "escape before": ("\x1b[31m«x»", r"1 | \x1b[31mx", "  |         ^"),
    "escape marked": ("a«\x1b»b", r"1 | a\x1bb", "  |  ^^^^"),
    "C1 control": ("\x9b1m«x»", r"1 | \x9b1mx", "  |       ^"),
    "bidi override": ("a\u202eb«x»", r"1 | a\u202ebx", "  |         ^"),
    "bidi isolate": ("\u2067«x»", r"1 | \u2067x", "  |       ^"),
    "invisible": ("a\u200b\ufeff«x»", r"1 | a\u200b\ufeffx", "  |              ^"),
    "tag character": ("🏴\U000e0067«x»", r"1 | 🏴\U000e0067x", "  |             ^"),
    "surrogate": ("\ud800«x»", r"1 | \ud800x", "  |       ^"),
}


@pytest.mark.parametrize(("marked", "line", "carets"), ONE_LINE.values(), ids=ONE_LINE)
def test_carets_are_under_what_is_marked(marked, line, carets):
    assert snippet(marked) == f"  |\n{line}\n{carets}\n"


SEVERAL_MARKS = {
    "label above": (
        "a: ‹x›\nb: «x»\n",
        ["first here"],
        """\
          |
        1 | a: x
          |    - first here
        2 | b: x
          |    ^
        """,
    ),
    "label below, one line between": (
        "a: «x»\nb: y\nc: ‹x›\n",
        ["again"],
        """\
          |
        1 | a: x
          |    ^
        2 | b: y
        3 | c: x
          |    - again
        """,
    ),
    "label below, two lines between": (
        "a: «x»\nb: y\n\nc: ‹x›\n",
        ["again"],
        """\
          |
        1 | a: x
          |    ^
        ...
        4 | c: x
          |    - again
        """,
    ),
    "far away, and the wider number": (
        "a: ‹x›\n" + "\n" * 8 + "b: «x»\n",
        ["first here"],
        """\
           |
         1 | a: x
           |    - first here
        ...
        10 | b: x
           |    ^
        """,
    ),
    "label to the right shares the row": (
        "«a»: ‹bc›",
        ["its value"],
        """\
          |
        1 | a: bc
          | ^  -- its value
        """,
    ),
    "label to the left has its own": (
        "‹a›: «bc»",
        ["its key"],
        """\
          |
        1 | a: bc
          |    ^^
          | - its key
        """,
    ),
    "labels that touch or overlap": (
        "‹a›«‹b›c»‹d›",
        ["one", "two", "three"],
        """\
          |
        1 | abcd
          |  ^^
          | - one
          |  - two
          |    - three
        """,
    ),
    "marks that touch": (
        "«a»‹b›",
        ["its value"],
        """\
          |
        1 | ab
          | ^
          |  - its value
        """,
    ),
    "no words": (
        "‹a›: ‹b›: «c»",
        ["", "second"],
        """\
          |
        1 | a: b: c
          |       ^
          | -  - second
        """,
    ),
    "unsafe words": (
        "«a»: ‹b›",
        ["\x1b[2J\n\u2028x"],
        r"""
          |
        1 | a: b
          | ^  - \x1b[2J\n\u2028x
        """,
    ),
}


@pytest.mark.parametrize(("marked", "messages", "expected"), SEVERAL_MARKS.values(), ids=SEVERAL_MARKS)
def test_labels_are_in_line_order_with_the_marks(marked, messages, expected):
    assert snippet(marked, *messages) == dedent(expected).lstrip("\n")


SEVERAL_LINES = {
    "two": (
        "x: «a:\n  bc» d",
        """\
          |
        1 | x: a:
          |    ^^
        2 |   bc d
          |   ^^
        """,
    ),
    "blank inside": (
        "«a:\n\n  b»",
        """\
          |
        1 | a:
          | ^^
        2 |
        3 |   b
          |   ^
        """,
    ),
    "four are whole": (
        "«a:\n  b:  \n  c:\n  d»e",
        """\
          |
        1 | a:
          | ^^
        2 |   b:
          |   ^^
        3 |   c:
          |   ^^
        4 |   de
          |   ^
        """,
    ),
    "five are first and last": (
        "«a:\n  b\n  c\n  d\n  e»",
        """\
          |
        1 | a:
          | ^^
        ...
        5 |   e
          |   ^
        """,
    ),
    "from the end of a line": (
        "a: «  \n  b»",
        """\
          |
        1 | a:
          |    ^
        2 |   b
          |   ^
        """,
    ),
    "to the start of the next line": (
        "«a:\n  bc\n»d: e",
        """\
          |
        1 | a:
          | ^^
        2 |   bc
          |   ^^
        """,
    ),
    "to the indentation of a later line": (
        "«a:\n  b\n  c\n  d\n  ef\n\n  »g: h",
        """\
          |
        1 | a:
          | ^^
        ...
        5 |   ef
          |   ^^
        """,
    ),
}


@pytest.mark.parametrize(("marked", "expected"), SEVERAL_LINES.values(), ids=SEVERAL_LINES)
def test_a_span_of_several_lines_is_marked_at_both_ends(marked, expected):
    assert snippet(marked) == dedent(expected)


def test_a_label_of_several_lines_speaks_once():
    assert snippet("‹a:\n  b\n›«c»", "this block") == dedent(
        """\
          |
        1 | a:
          | --
        2 |   b
          |   - this block
        3 | c
          | ^
        """
    )


def test_a_label_in_another_file_has_its_own_snippet():
    diagnostic, sources = found("a: «x»")
    label = Label(Span("models/issue.yaml", 12, 1, 12, 6), "defined here")
    diagnostic = Diagnostic("NG209", "error", "model `Issue` is defined twice", diagnostic.span, labels=(label,))
    sources["models/issue.yaml"] = Source("models/issue.yaml", "\n" * 11 + "Issue: {}")
    assert render_text([diagnostic], sources, color=False) == dedent(
        """\
        nango.yaml:1:4: error NG209: model `Issue` is defined twice
           |
         1 | a: x
           |    ^
          --> models/issue.yaml:12:1
           |
        12 | Issue: {}
           | ----- defined here
          docs: nango explain NG209"""
    )


def test_a_file_name_is_as_unsafe_as_its_text():
    label = Label(Span("\x1b.yaml", 1, 1, 1, 2), "")
    diagnostic = Diagnostic("NG209", "error", "twice", labels=(label,))
    assert render_text([diagnostic], {"\x1b.yaml": Source("\x1b.yaml", "a")}, color=False) == dedent(
        r"""
        error NG209: twice
         --> \x1b.yaml:1:1
          |
        1 | a
          | -
          docs: nango explain NG209"""
    ).lstrip("\n")


def test_a_label_whose_text_is_unknown_is_a_note():
    diagnostic, sources = found("a: «x»")
    label = Label(Span("gone.yaml", 3, 5, 3, 6), "defined here")
    diagnostic = Diagnostic("NG209", "error", "twice", diagnostic.span, labels=(label,))
    assert render_text([diagnostic], sources, color=False).endswith(
        "  |    ^\n  note: defined here (gone.yaml:3:5)\n  docs: nango explain NG209"
    )


WITHOUT_SNIPPET = {
    "no span": (
        Diagnostic("NG001", "error", "no nango.yaml here", help="run `nango init`"),
        "error NG001: no nango.yaml here\n  help: run `nango init`\n  docs: nango explain NG001",
    ),
    "unknown text": (
        Diagnostic("NG003", "error", "not UTF-8", Span("nango.yaml", 1, 1, 1, 1)),
        "nango.yaml:1:1: error NG003: not UTF-8\n  docs: nango explain NG003",
    ),
    "help of several lines": (
        Diagnostic("NG001", "error", "no", help="write:\n  a: b\n\nor c"),
        "error NG001: no\n  help: write:\n          a: b\n\n        or c\n  docs: nango explain NG001",
    ),
    "message of several lines": (
        Diagnostic("NG605", "warning", "crashed\nTraceback\n"),
        "warning NG605: crashed\n    Traceback\n  docs: nango explain NG605",
    ),
    "unsafe words": (
        Diagnostic("NG605", "note", "\x1b]0;x\x07", Span("a\x1b\n.yaml", 1, 1, 1, 1), help="\u202etxt"),
        r"a\x1b\n.yaml:1:1: note NG605: \x1b]0;x\x07" + "\n  help: " + r"\u202etxt" + "\n  docs: nango explain NG605",
    ),
}


@pytest.mark.parametrize(("diagnostic", "expected"), WITHOUT_SNIPPET.values(), ids=WITHOUT_SNIPPET)
def test_without_a_source_line_the_words_remain(diagnostic, expected):
    assert render_text([diagnostic], {}, color=False) == expected


def test_a_blank_line_is_between_diagnostics_and_nothing_says_nothing():
    one = Diagnostic("NG001", "error", "no")
    assert render_text([one, one], {}, color=False) == (
        "error NG001: no\n  docs: nango explain NG001\n\nerror NG001: no\n  docs: nango explain NG001"
    )
    assert render_text([], {}, color=False) == ""


OUTSIDE = {
    "past the end of the line": (Span("a", 1, 9, 1, 12), "1 | ab", "  |   ^"),
    "end past the end of the line": (Span("a", 1, 2, 1, 99), "1 | ab", "  |  ^"),
    "past the last line": (Span("a", 7, 3, 7, 5), "7 |", "  | ^"),
    "far past the end of the line": (Span("a", 1, 9999, 1, 9999), "1 | ab", "  |   ^"),
    "both past the last line": (Span("a", 7, 3, 9, 5), "7 |", "  | ^"),
    "end past the last line": (Span("a", 2, 1, 10**9, 5), "2 | cd", "  | ^^"),
    "end in column 0": (Span("a", 1, 1, 2, 0), "1 | ab", "  | ^^"),
    "end line before start": (Span("a", 2, 1, 1, 3), "2 | cd", "  | ^"),
    "end before start": (Span("a", 1, 2, 1, 1), "1 | ab", "  |  ^"),
    "zero": (Span("a", 0, 0, 0, 0), "1 | ab", "  | ^"),
}


@pytest.mark.parametrize(("span", "line", "carets"), OUTSIDE.values(), ids=OUTSIDE)
def test_a_span_outside_the_text_shows_one_place(span, line, carets):
    shown = render_text([Diagnostic("NG004", "error", "no", span)], {"a": Source("a", "ab\ncd")}, color=False)
    assert shown.split("\n")[1:-1] == ["  |", line, carets]


LONG = {
    "start in sight": ("«ab»" + "x" * 300, "ab" + "x" * 109 + "…", 0),
    "near the start": ("x" * 109 + "«ab»" + "y" * 300, "x" * 109 + "ab…", 109),
    "in the middle": ("x" * 300 + "«ab»" + "y" * 300, "…" + "x" * 54 + "ab" + "y" * 54 + "…", 55),
    "end": ("x" * 300 + "«ab»", "…" + "x" * 109 + "ab", 110),
    "just fits": ("x" * 110 + "«ab»", "x" * 110 + "ab", 110),
    "wide": ("日" * 300 + "«ab»" + "本" * 300, "…" + "日" * 27 + "ab" + "本" * 27 + "…", 55),
    "marks upon marks": ("e" + "\u0301" * 1500 + "«ab»", "…" + "\u0301" * 400 + "ab", 1),
    "megabytes": ("x" * 1_000_000 + "«ab»" + "y" * 1_000_000, "…" + "x" * 54 + "ab" + "y" * 54 + "…", 55),
}


@pytest.mark.parametrize(("marked", "line", "cell"), LONG.values(), ids=LONG)
def test_a_long_line_is_cropped_around_the_mark(marked, line, cell):
    assert snippet(marked) == f"  |\n1 | {line}\n  | {' ' * cell}^^\n"


def test_a_long_mark_is_cropped_with_its_line():
    _, line, carets = snippet("y" * 200 + "«" + "x" * 500 + "»").splitlines()
    assert line == "1 | …" + "y" * 9 + "x" * 101 + "…"
    assert carets == "  | " + " " * 10 + "^" * 101


def test_one_character_wider_than_the_row_is_shown_somehow():
    assert snippet("«" + "\u1100" * 200 + "»").count("^") >= 1


def test_a_label_out_of_sight_is_under_the_ellipsis():
    marked = "‹k›: " + "x" * 3000 + "«ab»" + "y" * 300 + "‹]›"
    _, line, *rows = snippet(marked, "key", "end").splitlines()
    assert line[4] == line[115] == "…"
    assert rows == ["  | " + " " * 55 + "^^", "  | - key", "  | " + " " * 111 + "- end"]


COLORS: dict[Severity, str] = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "note": "\x1b[1;36m"}


@pytest.mark.parametrize(("severity", "color"), COLORS.items(), ids=COLORS)
def test_color_is_on_the_kind_the_gutter_and_the_marks(severity, color):
    diagnostic, sources = found("«a»: ‹b›", "here")
    diagnostic = Diagnostic("NG303", severity, "no", diagnostic.span, "try", diagnostic.labels)
    assert render_text([diagnostic], sources, color=True).split("\n") == [
        f"nango.yaml:1:1: {color}{severity} NG303\x1b[0m: \x1b[1mno\x1b[0m",
        "\x1b[1;34m  |\x1b[0m",
        "\x1b[1;34m1 |\x1b[0m a: b",
        f"\x1b[1;34m  |\x1b[0m {color}^\x1b[0m  \x1b[1;34m- here\x1b[0m",
        "  \x1b[1mhelp:\x1b[0m try",
        "  \x1b[1mdocs:\x1b[0m nango explain NG303",
    ]


def test_an_ascii_file_does_not_load_the_width_tables():
    program = dedent(
        """\
        import sys
        from nango_cli.diagnostics.diagnostic import Diagnostic
        from nango_cli.diagnostics.render.text import render_text
        from nango_cli.diagnostics.source import Source, Span
        shown = Diagnostic("NG004", "error", "n\u00f6", Span("a", 1, 1, 1, 2))
        render_text([shown], {"a": Source("a", "ascii\\t\\x1b")}, color=True)
        sys.exit("wcwidth" in sys.modules or "rich" in sys.modules)
        """
    )
    subprocess.run([sys.executable, "-c", program], check=True)


TRICKY = st.sampled_from(
    [*"ab \t日本🎉👍🏽🇫🇷é\x1b\x00\x7f\x9b…", *FAMILY, "\u0301", "\u202e", "\ufe0f", *"\u0e33\u0915\u094d\U0001133e"]
)
LINES = st.text(TRICKY | st.characters(), max_size=40)
TEXTS = st.lists(LINES, max_size=6).map("\n".join) | st.builds(str.__mul__, LINES, st.integers(0, 90))
NUMBERS = st.integers(-2, 9) | st.integers(-2, 4000)
SPANS = st.builds(Span, st.sampled_from("abc"), NUMBERS, NUMBERS, NUMBERS, NUMBERS)
DIAGNOSTICS = st.builds(
    Diagnostic,
    st.just("NG201"),
    st.sampled_from(["error", "warning", "note"]),
    LINES,
    SPANS | st.none(),
    LINES | st.none(),
    st.lists(st.builds(Label, SPANS, LINES), max_size=3).map(tuple),
)


@given(DIAGNOSTICS, TEXTS, TEXTS)
def test_any_diagnostic_is_shown_and_steers_no_terminal(diagnostic, text, other):
    sources = {"a": Source("a", text), "b": Source("b", other)}
    plain = render_text([diagnostic], sources, color=False)
    assert escape(plain.replace("\n", "")) == plain.replace("\n", "")
    assert re.sub("\x1b\\[[0-9;]+m", "", render_text([diagnostic], sources, color=True)) == plain


@given(LINES.map(lambda text: "".join(Source("a", text).lines)), st.data())
def test_the_caret_starts_under_the_character(text, data):
    ends = [0, *accumulate(len(cluster) for cluster in iter_graphemes(escape(text)))]
    start = data.draw(st.sampled_from([at for at in range(len(text) + 1) if len(escape(text[:at])) in ends]))
    end = data.draw(st.integers(start, len(text)))
    diagnostic = Diagnostic("NG004", "error", "no", Span("a", 1, start + 1, 1, end + 1))
    shown = render_text([diagnostic], {"a": Source("a", text)}, color=False)
    _, _, line, carets, _ = shown.split("\n")
    assume(len(escape(text)) < WIDTH // 2)
    assert line == f"1 | {escape(text)}".rstrip()
    assert carets.index("^") == wcswidth(f"1 | {escape(text[:start])}")


@given(st.text(st.sampled_from("ab日🎉\t\x1b"), min_size=2 * WIDTH), st.data())
def test_the_caret_starts_under_the_character_of_a_cropped_line(text, data):
    start = data.draw(st.integers(0, len(text)))
    marked = f"{text[:start]}«X»{text[start:]}"
    _, line, carets = snippet(marked).splitlines()
    assert wcswidth(line) <= WIDTH + len("1 | ")
    assert wcswidth(line[: line.index("X")]) == carets.index("^")


PRINTABLE = st.text(alphabet=[chr(code) for code in range(0x20, 0x7F)], max_size=WIDTH - 1)


@given(PRINTABLE, st.data())
def test_a_plain_line_is_laid_out_as_any_other(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    plain, other = lay_out(text, start, end), lay_out(f"{text}é", start, end)
    assert (plain.text, f"{plain.text}é") == (text, other.text)
    assert plain.cells(start, end) == other.cells(start, end)
