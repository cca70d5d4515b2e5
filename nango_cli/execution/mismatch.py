"""Values that do not fit what nango.yaml declares, as failures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nango_cli.execution.outcome import Failure
from nango_cli.execution.saving import Saving
from nango_cli.execution.validation import Validation
from nango_cli.ir.project import Action, Script, Sync
from nango_cli.redaction import Redactor


def of_input(script: Script, value: Any, validation: Validation) -> Failure | None:
    declared = script.input.value if isinstance(script, Action) and script.input else None
    found = _mismatch("NG603", "input", script, declared, value, validation)
    if found is not None and declared is not None and value is None:
        return replace(found, help="give it one: `--input '{...}'`, or `--input @file.json`")
    return found


def of_output(script: Script, value: Any, validation: Validation) -> Failure | None:
    if not isinstance(script, Action):
        return None
    declared = script.output[0].value if script.output else None
    return _mismatch("NG604", "output", script, declared, value, validation)


def of_metadata(script: Script, metadata: Mapping[str, Any], validation: Validation) -> Failure | None:
    """A sync's `input` is the metadata that it expects of its connections."""
    if not isinstance(script, Sync) or script.input is None:
        return None
    return _mismatch("NG606", "metadata", script, script.input.value, dict(metadata), validation)


def of_records(saving: Saving) -> Failure | None:
    if not saving.invalid:
        return None
    count = saving.invalid_count
    models = ", ".join(dict.fromkeys(each.model for each in saving.invalid))
    message = f"{count} {'record does' if count == 1 else 'records do'} not fit {models}"
    return Failure("NG602", "InvalidRecord", message, help="they were left out; the others were written")


def _mismatch(
    code: str, what: str, script: Script, declared: str | None, value: Any, validation: Validation
) -> Failure | None:
    kind, name = f"Invalid{what.capitalize()}", script.name.value
    if declared is None:
        if value in (None, {}, [], ""):
            return None
        message = f"`{name}` declares no {what}, but there is one"
        return Failure(code, kind, message, help=f"declare `{what}` in nango.yaml, or leave it out")
    problems = validation.check(declared, value, what)
    if not problems:
        return None
    return Failure(code, kind, f"the {what} of `{name}` is not a valid {declared}", problems=problems)


def hidden(failure: Failure, redactor: Redactor) -> Failure:
    """The failure without what the redactor knows to be secret."""
    return replace(
        failure,
        message=redactor.text(failure.message),
        help=redactor.text(failure.help) if failure.help else None,
        payload=redactor.value(failure.payload),
        frames=tuple(replace(frame, source=redactor.text(frame.source)) for frame in failure.frames),
        problems=tuple(replace(each, message=redactor.text(each.message)) for each in failure.problems),
    )
