"""The rules, by code. Adding one is adding a module and a line."""

from __future__ import annotations

from nango_cli.checks import (
    bare_endpoint,
    incremental_deletes,
    integration_name_refused,
    metadata_auto_start,
    missing_description,
    missing_scopes,
    names_alike,
    quoted_enum_value,
    schedule_refused,
    script_name_refused,
    undefined_union,
    untracked_deletes,
    unused_model,
    verbose_endpoint,
)
from nango_cli.checks.rule import Rule

_MODULES: tuple[Rule, ...] = (
    undefined_union,
    quoted_enum_value,
    unused_model,
    untracked_deletes,
    metadata_auto_start,
    missing_scopes,
    missing_description,
    verbose_endpoint,
    bare_endpoint,
    incremental_deletes,
    schedule_refused,
    integration_name_refused,
    script_name_refused,
    names_alike,
)
RULES: dict[str, Rule] = {rule.CODE: rule for rule in _MODULES}
