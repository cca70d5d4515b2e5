"""What a shell offers for integrations, connections and providers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nango_cli.cli.project_store import open_store
from nango_cli.environments.connection import Connection
from nango_cli.environments.store.integrations import Integration

COMMAND = Path(sys.executable).with_name("nango")
LOCAL = "integrations: {github: {base_url: 'sample:github', connections: {demo: {}}}}\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    (root / "nango.yaml").write_text("integrations: {}\n")
    (root / "local.yaml").write_text(LOCAL)
    with open_store(root, "local") as store:
        store.integrations.save(Integration("acme", "github-pat"))
        store.connections.save(Connection("mine", "acme", "github-pat"))
    return root


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nango connection me", ["metadata"]),
        ("nango integration get ", ["github", "acme"]),
        ("nango connection get ", ["demo", "mine"]),
        ("nango connection metadata get m", ["mine"]),
        ("nango connection list --integration a", ["acme"]),
        ("nango connection get -e dev ", []),
        ("nango integration create x --provider github-p", ["github-pat"]),
        ("nango provider show zen", ["zendesk"]),
    ],
)
def test_what_is_offered(line, words, root, tmp_path):
    for cwd, given in ((root, line), (tmp_path, line.replace("nango ", f"nango -C {root} "))):
        index = len(given.split()) - (0 if given.endswith(" ") else 1)
        environ = {**os.environ, "COMP_WORDS": given, "COMP_CWORD": str(index), "_NANGO_COMPLETE": "complete_bash"}
        done = subprocess.run([COMMAND], cwd=cwd, env=environ, capture_output=True, text=True)
        assert (done.returncode, done.stderr, done.stdout.split()) == (0, "", words)
