"""`nango doctor`."""

from __future__ import annotations

import json
from importlib import metadata

from nango_cli import __version__
from nango_cli.cli import examination


def findings(result):
    return {each["subject"]: each for each in json.loads(result.out)["data"]["findings"]}


def test_it_says_what_there_is(nango, tmp_path):
    (tmp_path / "nango.yaml").write_text("integrations: {}\n")
    result = nango("doctor", "--format", "json")
    found = findings(result)
    assert result.status == 0
    assert found["nango-cli"]["detail"].startswith(f"{__version__}, in ")
    assert found["pydantic"]["detail"] == metadata.version("pydantic")
    assert (found["project"]["state"], found["project"]["detail"]) == ("ok", "nango.yaml")


def test_only_the_names_of_variables_are_shown(nango):
    environ = {"NANGO_SECRET_KEY_DEV": "s3cret", "NANGO_HOSTPORT": "https://s3cret", "CI": "s3cret", "OTHER": "s3cret"}
    result = nango("doctor", environ=environ)
    assert "CI, NANGO_HOSTPORT, NANGO_SECRET_KEY_DEV" in result.out
    assert "s3cret" not in result.out + result.err
    assert "OTHER" not in result.out


def test_no_project_is_no_illness(nango):
    result = nango("doctor")
    assert result.status == 0
    assert "no nango.yaml in . or any folder above it" in result.out


def test_a_broken_project_is(nango, tmp_path):
    (tmp_path / "nango.yaml").write_text("integrations: 1\n")
    result = nango("doctor")
    assert result.status == 1
    assert "it has errors: `nango check` lists them" in result.out


def test_one_that_cannot_be_read_is_broken_too(nango, tmp_path):
    (tmp_path / "nango.yaml").mkdir()
    result = nango("doctor", "--format", "json")
    project = findings(result)["project"]
    assert (result.status, project["state"]) == (1, "missing")
    assert project["detail"] == "cannot read nango.yaml: is a directory"


def test_neither_is_a_folder_that_cannot_be_looked_into(nango, monkeypatch):
    def locked(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("nango_cli.workspace._candidates", locked)
    result = nango("doctor")
    assert result.status == 1
    assert "permission denied" in result.out


def test_a_missing_library_says_how_to_get_it(nango, monkeypatch):
    monkeypatch.setattr(examination, "_LIBRARIES", ("no-such-library",))
    result = nango("doctor")
    assert result.status == 1
    assert "missing  no-such-library" in result.out
    assert "pip install nango-cli" in result.out


def test_without_libyaml_and_node(nango, monkeypatch):
    monkeypatch.setattr("yaml.__with_libyaml__", False)
    monkeypatch.setattr("shutil.which", lambda _: None)
    found = findings(nango("doctor", "--format", "json"))
    assert (found["libyaml"]["state"], found["node"]["state"]) == ("optional", "optional")


def test_the_type_checker(nango, tmp_path, monkeypatch):
    found = findings(nango("doctor", "--format", "json"))["type checker"]
    assert (found["state"], found["detail"].split()[0]) == ("ok", "ty")
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    found = findings(nango("doctor", "--format", "json"))["type checker"]
    assert (found["state"], found["advice"]) == ("optional", "install one: `pip install 'nango-cli[check]'`")
