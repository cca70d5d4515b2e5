"""A project as large as the largest we know of, made from the real ones by giving every copy names of its own.

python bench/large_project.py CORPUS PLACE
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import yaml

COPIES = 4


def write(corpus: Path, place: Path) -> dict[str, int]:
    """Write a nango.yaml of `COPIES` times the corpus and say how much that is."""
    whole: dict[str, dict[str, Any]] = {"integrations": {}, "models": {}}
    for copy in range(COPIES):
        for project in sorted(corpus.iterdir()):
            _add(whole, project, copy)
    text = yaml.safe_dump(whole, sort_keys=False, width=1000, indent=4)
    place.write_text(text, encoding="utf-8")
    scripts = [
        script for integration in whole["integrations"].values() for kind in integration.values() for script in kind
    ]
    return {
        "integrations": len(whole["integrations"]),
        "scripts": len(scripts),
        "models": len(whole["models"]),
        "bytes": len(text.encode()),
    }


def _add(whole: dict[str, dict[str, Any]], project: Path, copy: int) -> None:
    text = (project / "nango.yaml").read_text(encoding="utf-8").replace("\t", " ")
    content = yaml.safe_load(text)
    models = content.get("models") or {}
    prefix = re.sub(r"\W", "", project.name).capitalize() + f"{copy}x"
    names = re.compile(r"\b(?:" + "|".join(map(re.escape, models)) + r")\b") if models else None

    def renamed(value: Any) -> Any:
        match value:
            case str() if names:
                return names.sub(lambda match: prefix + match[0], value)
            case list():
                return [renamed(item) for item in value]
            case dict():
                return {key: renamed(item) for key, item in value.items()}
        return value

    for name, integration in content["integrations"].items():
        for kind in ("syncs", "actions"):
            for script in (integration.get(kind) or {}).values():
                script.update({key: renamed(script[key]) for key in ("input", "output") if key in script})
        whole["integrations"][f"{name}-{copy}"] = integration
    whole["models"].update({prefix + name: renamed(model) for name, model in models.items()})


if __name__ == "__main__":
    size = write(Path(sys.argv[1]), Path(sys.argv[2]))
    print(", ".join(f"{number:,} {what}" for what, number in size.items()))
