"""What a model is for, as a sentence for its documentation."""

from __future__ import annotations

from nango_cli.ir.graph import refs
from nango_cli.ir.project import Project

_SHOWN = 3


def usage(project: Project) -> dict[str, str]:
    """For each model the scripts that take or return it, or else the models that it is a part of."""
    uses: dict[str, list[str]] = {}
    for integration in project.integrations:
        for script in integration.runnables:
            owner = f"{script.kind} `{integration.name.value}/{script.name.value}`"
            if script.input:
                role = "metadata" if script.kind == "sync" else "input"
                uses.setdefault(script.input.value, []).append(f"{role} of {owner}")
            for output in script.output or ():
                role = "record" if script.kind == "sync" else "output"
                uses.setdefault(output.value, []).append(f"{role} of {owner}")
    parts: dict[str, list[str]] = {}
    for model in project.models:
        for name in dict.fromkeys(ref.model for ref in refs(model.type)):
            if name != model.name.value:
                parts.setdefault(name, []).append(f"`{model.name.value}`")
    sentences = {name: f"Part of {_listed(owners)}." for name, owners in parts.items()}
    return sentences | {name: _capital(f"{_listed(each)}.") for name, each in uses.items()}


def _listed(uses: list[str]) -> str:
    return ", ".join(uses[:_SHOWN]) + (f" and {len(uses) - _SHOWN} more" if len(uses) > _SHOWN else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
