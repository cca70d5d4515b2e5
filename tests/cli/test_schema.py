"""`nango schema`."""

from __future__ import annotations

import json

from nango_cli.language.json_schema import json_schema


def test_it_prints_the_schema(nango):
    result = nango("schema")
    assert (result.status, result.err, json.loads(result.out)) == (0, "", json_schema())


def test_json(nango):
    assert json.loads(nango("schema", "--format", "json").out)["data"]["schema"] == json_schema()


def test_it_is_saved_where_the_editor_line_looks_for_it(nango, tmp_path):
    (tmp_path / "nango.yaml").write_text(
        "# yaml-language-server: $schema=./.nango/nango.schema.json\nintegrations: {}\n"
    )
    result = nango("schema", "--save", tty=True)
    assert (result.status, result.out) == (0, "")
    assert result.err == ".nango/nango.schema.json: written\n"
    assert json.loads((tmp_path / ".nango" / "nango.schema.json").read_text()) == json_schema()
    assert nango("schema", "--save", tty=True).err == ".nango/nango.schema.json: up to date\n"


def test_saving_needs_a_project(nango):
    result = nango("schema", "--save")
    assert (result.status, result.out) == (3, "")
    assert result.err.startswith("error NG001")
