"""Python models alone, beside datamodel-code-generator: it is given our JSON Schema, we start from nango.yaml."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from measure import FETCHED, NANGO, Run, Setting, copy_of, heading, measure, remove_generated, row

VERSION = "0.89.0"
PLACE = FETCHED / f"datamodel-code-generator-{VERSION}"
PEER = PLACE / "bin" / "datamodel-codegen"
# Its own formatter: the default one, black, takes several times as long.
OPTIONS = ["--input-file-type", "jsonschema", "--output-model-type", "pydantic_v2.BaseModel", "--formatters", "builtin"]


def section(setting: Setting) -> None:
    missing = _missing()
    if missing:
        print(f"\n(no comparison with datamodel-code-generator: {missing})")
        return
    heading("models.py alone", "datamodel-codegen")
    projects = [("small", setting.small), ("large", setting.large)]
    for name, project in projects:
        if project:
            theirs = [str(PEER), "--input", str(_schema(project)), *OPTIONS, "--output", "models.py"]
            runs = [Run([NANGO, "generate", "--target", "python"], project), Run(theirs, copy_of(project, "datamodel"))]
            row(name, *measure(*runs, rounds=setting.rounds, before=remove_generated))


def _schema(project: Path) -> Path:
    """The project's JSON Schema, where generating anew does not remove it."""
    subprocess.run([NANGO, "generate", "--target", "json-schema"], cwd=project, check=True, capture_output=True)
    return Path(shutil.copy(project / ".nango" / "schema.json", project.with_suffix(".schema.json")))


def _missing() -> str | None:
    """Why the peer cannot be run, if it cannot; it is fetched once."""
    if PEER.exists():
        return None
    FETCHED.mkdir(exist_ok=True)
    pip = [str(PLACE / "bin" / "pip"), "--disable-pip-version-check", "install", "--quiet"]
    for command in ([sys.executable, "-m", "venv", str(PLACE)], [*pip, f"datamodel-code-generator=={VERSION}"]):
        if subprocess.run(command, capture_output=True, check=False).returncode:
            return f"`{' '.join(command[-2:])}` failed"
    return None
