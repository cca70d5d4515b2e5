"""`.nango/nango.json`: the parsed configuration, as a file."""

from __future__ import annotations

import json

from nango_cli.diagnostics.source import Source
from nango_cli.generators import nango_json
from nango_cli.language.compiler import compile_source

TEXT = "integrations: {gh: {syncs: {é: {runs: every hour, output: M}}}}\nmodels: {M: {id: string}}"


def test_it_is_the_list_of_integrations():
    compilation = compile_source(Source("nango.yaml", TEXT))
    [file] = nango_json.generate(compilation.project)
    assert file.path == ".nango/nango.json"
    assert file.text.startswith('[\n  {\n    "providerConfigKey": "gh",\n')
    assert json.loads(file.text) == nango_json.integrations(compilation.project)
    assert "é" in file.text
