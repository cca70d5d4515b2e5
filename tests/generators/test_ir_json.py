"""`--target ir`, and the page that explains it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from pydantic import TypeAdapter

from nango_cli.diagnostics.source import Source
from nango_cli.ir.project import Project
from nango_cli.language.compiler import compile_source

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-generator.md"
BLOCKS = re.findall(r"```(\w+) ?(\S*)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_page_is_true(tmp_path, nango):
    files = {name: text for _, name, text in BLOCKS if name}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    [(command, printed)] = [text.split("\n", 1) for kind, _, text in BLOCKS if kind == "console"]
    assert command == "$ nango generate --target ir | python list_fields.py"
    result = nango("generate", "--target", "ir")
    assert (result.status, result.err) == (0, "")
    script = [sys.executable, "list_fields.py"]
    done = subprocess.run(script, cwd=tmp_path, input=result.out, capture_output=True, text=True, check=True)
    assert done.stdout == printed
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(files), "nothing is written"


def test_it_is_the_whole_project(tmp_path, nango):
    text = (
        "integrations: {gh: {syncs: {issues: {runs: every hour, output: Issue, endpoint: GET /issues}}}}\n"
        "models: {Issue: {id: string}}\n"
    )
    (tmp_path / "nango.yaml").write_text(text)
    whole = json.loads(nango("generate", "--target", "ir").out)
    assert whole["version"] == 1
    project = compile_source(Source("nango.yaml", text)).project
    assert TypeAdapter(Project).validate_json(json.dumps(whole["project"])) == project
    [printed] = json.loads(nango("generate", "--target", "ir", "--format", "json").out)["data"]["printed"]
    assert json.loads(printed) == whole
    assert not (tmp_path / "models.py").exists()
