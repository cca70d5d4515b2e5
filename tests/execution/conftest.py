from __future__ import annotations

from pathlib import Path

import pytest
from execution.workbench import MODELS_PY, Workbench

from nango_cli.environments.local import LocalConnection, LocalIntegration


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    (tmp_path / "models.py").write_text(MODELS_PY)
    connections = {"demo": LocalConnection({"owner": "octo-org", "repo": "hello-world"})}
    return Workbench(tmp_path, {"github": LocalIntegration("github", "sample:github", {}, {}, connections)})
