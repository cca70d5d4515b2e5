"""Rules for scripts beside everything else: comments, nango.toml, the command line, and the commands that ask them."""

from __future__ import annotations

import json

import pytest

YAML = """\
integrations:
    acme:
        actions:
            ping:
                description: Say hello
                endpoint: { method: POST, path: /ping, group: Ping }
models: {}
"""
LOCAL = "integrations: {acme: {base_url: 'sample:github', connections: {demo: {}}}}"
SCRIPT = "def run_action(nango):\n    print('é', 1)\n"
PLACE = "acme/actions/ping.py"


@pytest.fixture
def reported(nango, tmp_path):
    """What `nango check` or another command says of a script: the exit status, and `line:column: severity code`."""

    def call(text: str, *arguments: str, command: str = "check", toml: str = "", place: str = PLACE):
        (tmp_path / "nango.yaml").write_text(YAML)
        if toml:
            (tmp_path / "nango.toml").write_text(toml)
        for name in (PLACE, place):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text if name == place else "def run_action(nango): ...\n", encoding="utf-8")
        report = json.loads(nango(command, *arguments, "--format", "json").out)
        return report["exit_code"], [
            f"{each['span']['line']}:{each['span']['column']}: {each['severity']} {each['code']}"
            for each in report["diagnostics"]
        ]

    return call


def test_check_compile_and_the_severity_of_a_rule(reported):
    assert reported(SCRIPT) == (0, ["2:5: warning NG419"])
    assert reported(SCRIPT, command="compile") == (0, ["2:5: warning NG419"])
    assert reported(SCRIPT, "--strict") == (1, ["2:5: error NG419"])


@pytest.mark.parametrize("command", ["check", "compile"])
@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ('ignore = ["print-in-script"]', []),
        ('select = ["NG42"]', []),
        ('[severity]\nNG419 = "off"', []),
        ('[severity]\nprint-in-script = "error"', ["2:5: error NG419"]),
        ("strict = true", ["2:5: error NG419"]),
    ],
)
def test_nango_toml_decides(toml, expected, command, reported):
    assert reported(SCRIPT, command=command, toml=toml) == (int(bool(expected)), expected)


def test_a_rule_that_is_an_error_can_be_made_less(reported):
    script = "def run_action(nango):\n    nango.batch_save([])\n"
    assert reported(script) == (1, ["2:5: error NG423"])
    assert reported(script, toml='[severity]\nNG423 = "note"') == (0, ["2:5: note NG423"])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("print(1)  # nango: ignore[NG419]", []),
        ("print(1)  # noqa: T201 # nango: ignore[NG419, NG420]", ["2:51: warning NG009"]),
        ("é = 1  # nango: ignore[NG419]", ["2:28: warning NG009"]),
        ("é = 1  # nango: ignore", ["2:12: warning NG009"]),
        ("x = '# nango: ignore[NG419]'; print(x)", ["2:35: warning NG419"]),
        ("x = 1  # nango: ignore[NG601]", []),
    ],
)
def test_comments(line, expected, reported):
    assert reported(f"def run_action(nango):\n    {line}\n")[1] == expected


def test_of_a_script_that_cannot_be_run_rules_are_not_asked(reported):
    assert reported("print(1)  # nango: ignore[NG420]\n") == (1, ["1:1: error NG402"])
    assert reported("x = (  # nango: ignore[NG420]\n") == (1, ["1:5: error NG404"])


@pytest.mark.parametrize("command", ["check", "compile"])
@pytest.mark.parametrize(
    ("place", "text", "expected"),
    [
        ("acme/mappers/to_ping.py", "def to_ping(a):\n    a['b'] = 1\n", ["2:5: warning NG434"]),
        ("acme/mappers/to_ping.py", "def to_ping(a):\n    a['b'] = 1  # nango: ignore[NG434]\n", []),
        ("acme/types.py", "class Ping: ...\n", ["1:7: warning NG432"]),
        ("other/types.py", "class Ping: ...\n", []),
        ("other/mappers/ping.py", "def ping(): ...\n", []),
    ],
)
def test_helpers(place, text, expected, command, reported):
    assert reported(text, command=command, place=place) == (0, expected)


@pytest.mark.parametrize("command", ["check", "compile"])
@pytest.mark.parametrize("place", ["acme/mappers/to_ping.py", "acme/types.py"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [("x = (\n", ["1:5: error NG404"]), ("x = 1  # nango: ignore[NG419]\ny = \n", ["2:4: error NG404"])],
)
def test_helpers_that_python_cannot_read(text, expected, place, command, reported):
    assert reported(text, command=command, place=place) == (1, expected)
    assert reported(text, "--fix", place=place) == (1, expected)


def test_a_helper_that_cannot_be_read_keeps_no_script_from_running(reported, nango, tmp_path):
    reported("x = (\n", place="acme/types.py")
    mapper = tmp_path / "acme/mappers/to_ping.py"
    mapper.parent.mkdir()
    mapper.write_bytes(b"# caf\xe9\n")
    assert "acme/mappers/to_ping.py:1:6: error NG003" in nango("check").out
    (tmp_path / "local.yaml").write_text(LOCAL)
    result = nango("dryrun", "ping", "demo")
    assert result.status == 0, result.out + result.err


def test_a_warning_keeps_no_script_from_running(reported, nango, tmp_path):
    reported(SCRIPT)
    (tmp_path / "local.yaml").write_text(LOCAL)
    result = nango("dryrun", "ping", "demo")
    assert result.status == 0, result.out + result.err


def test_while_nango_yaml_has_errors_scripts_are_not_looked_at(nango, tmp_path, reported):
    reported(SCRIPT)
    (tmp_path / "nango.yaml").write_text(YAML.replace("method: POST", "method: PUSH"))
    assert "NG419" not in nango("check").out


def test_the_parsed_configuration_is_about_nango_yaml_alone(nango, reported):
    reported(SCRIPT)
    assert "NG419" not in nango("check", "--print-config").err
