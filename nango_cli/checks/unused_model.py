"""A model that no script reaches is generated for nobody; it may be a leftover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from nango_cli.checks.rule import endpoints, fields, problem
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.diagnostics.source import Span
from nango_cli.ir.graph import refs
from nango_cli.ir.project import Model, Project

CODE = "NG222"

_PARAMETER = re.compile(r"\{([^}:]+)[:}]")


def check(project: Project) -> Iterator[Diagnostic]:
    used = dict.fromkeys(_named(project))
    if not used:  # a file of models alone is used by something that we do not see
        return
    models = {model.name.value: model for model in project.models}
    places: set[Span] = set()
    todo = list(used)
    while todo:
        model = models.get(todo.pop())
        if model is None:
            continue
        places.update(field.name.span for field in fields(model.type))
        for name in [*(ref.model for ref in refs(model.type)), *(parent.value for parent in model.extends)]:
            if name not in used:
                used[name] = None
                todo.append(name)
    for model in project.models:
        # What a nested object extends, or an alias brings in, is known only by where its fields stand.
        if model.name.value not in used and not places & _own(model, models):
            message = f"no script uses the model `{model.name.value}`"
            yield problem(
                CODE, message, model.name.span, help="remove it, or leave it if the code of a script imports it"
            )


def _named(project: Project) -> Iterator[str]:
    """The models that scripts and their endpoints name."""
    for integration in project.integrations:
        for script in integration.runnables:
            yield from (name.value for name in script.output or ())
            if script.input:
                yield script.input.value
        for endpoint in endpoints(integration):
            yield from _PARAMETER.findall(endpoint.path.value)


def _own(model: Model, models: Mapping[str, Model]) -> set[Span]:
    """The places of the fields that a model does not inherit."""
    inherited = {field.name.span for parent in model.extends for field in models[parent.value].fields}
    return {field.name.span for field in model.fields} - inherited
