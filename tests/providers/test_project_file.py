"""A project's own providers.yaml, and the file that a variable names."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from nango_cli.errors import FileError
from nango_cli.providers import project_file
from nango_cli.providers.catalog import bundled
from nango_cli.workspace import Workspace


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "nango.yaml").write_text("integrations: {}\n")
    return tmp_path


def test_check_reports_it_with_the_rest(project: Path, nango: Any) -> None:
    (project / "providers.yaml").write_text("acme: {auth_mode: NON}\n")
    (project / "nango.yaml").write_text("integration: {}\n")
    for command in (["check"], ["compile"]):
        result = nango(*command)
        assert result.status == 1
        shown = result.out + result.err
        assert "providers.yaml:1:19: error NG710" in shown
        assert "nango.yaml:1:1: error NG101" in shown
    (project / "providers.yaml").write_text("acme: {auth_mode: NONE")
    assert "providers.yaml:1:23: error NG004" in nango("check").out
    (project / "providers.yaml").write_bytes(b"acme: \xff")
    assert "error NG003" in nango("check").out


def test_a_project_without_it_does_not_pay(project: Path, nango: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nango_cli.providers.catalog", None)
    assert nango("check").status == 0


def test_the_providers_of_a_project(project: Path) -> None:
    folder = Workspace(project, project)
    assert project_file.catalog(folder, {}) is bundled()
    (project / "providers.yaml").write_text("acme: {auth_mode: NONE}\nslack: {auth_mode: NONE}\n")
    (project / "more.yaml").write_text("slack: {auth_mode: API_KEY}\n")
    own = project_file.catalog(folder, {})
    assert [own.get(name).auth_mode for name in ("acme", "slack", "github")] == ["NONE", "NONE", "OAUTH2"]
    more = project_file.catalog(folder, {"NANGO_PROVIDERS": "more.yaml"})
    assert [more.get(name).auth_mode for name in ("acme", "slack", "github")] == ["NONE", "API_KEY", "OAUTH2"]
    only = project_file.catalog(folder, {"NANGO_PROVIDERS": f"only:{project / 'more.yaml'}"})
    assert only.names() == ["slack"]
    with pytest.raises(FileError):
        project_file.catalog(folder, {"NANGO_PROVIDERS": "nowhere.yaml"})
