"""The store of a project, opened when it is needed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from nango_cli.environments.store import FILE, FOLDER

if TYPE_CHECKING:
    from nango_cli.environments.store.store import Store


def store_exists(root: Path) -> bool:
    """Whether anything was ever kept."""
    return (root / FOLDER / FILE).exists()


def open_store(root: Path, environment: str, environ: Mapping[str, str] = os.environ) -> Store:
    """The project's store, as one environment sees it; it is made if it is not there."""
    from nango_cli.environments.store.store import Store

    return Store.open(root / FOLDER / FILE, environment=environment, environ=environ)


def existing_store(root: Path, environment: str, environ: Mapping[str, str] = os.environ) -> Store | None:
    """The same, or None as long as nothing was kept."""
    return open_store(root, environment, environ) if store_exists(root) else None
