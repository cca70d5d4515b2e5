"""Every diagnostic code, once. A code is never reused, and each has a page under docs/diagnostics.

| range | subject |
| --- | --- |
| NG0xx | the file: not found, invalid YAML, empty, too large |
| NG1xx | shape: unknown, missing, duplicate, deprecated key; wrong kind of value |
| NG2xx | models and types |
| NG3xx | integrations: endpoints, schedules, events |
| NG4xx | script files; from NG410 to NG449 the rules for what is in them |
| NG5xx | generated code |
| NG6xx | running a script |
| NG7xx | environments and providers |
| NG8xx | the command line |
| NG9xx | us |
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple


class Code(NamedTuple):
    """`name` states the problem in words; `severity` is what a project gets without configuration."""

    name: str
    severity: Literal["error", "warning", "note"]


CODES: dict[str, Code] = {
    "NG001": Code("no-project", "error"),
    "NG002": Code("unreadable-file", "error"),
    "NG003": Code("not-utf8", "error"),
    "NG004": Code("invalid-yaml", "error"),
    "NG005": Code("empty-file", "error"),
    "NG006": Code("too-large", "error"),
    "NG007": Code("recursive-alias", "error"),
    "NG008": Code("several-documents", "error"),
    "NG009": Code("unused-ignore", "warning"),
    "NG010": Code("unwritable-file", "error"),
    "NG011": Code("invalid-configuration", "error"),
    "NG101": Code("unknown-key", "error"),
    "NG102": Code("missing-key", "error"),
    "NG103": Code("duplicate-key", "error"),
    "NG104": Code("wrong-kind", "error"),
    "NG105": Code("deprecated-key", "warning"),
    "NG106": Code("invalid-choice", "error"),
    "NG107": Code("conflicting-keys", "error"),
    "NG108": Code("invalid-version", "error"),
    "NG109": Code("missing-output", "warning"),
    "NG201": Code("undefined-model", "error"),
    "NG202": Code("suspicious-literal", "warning"),
    "NG203": Code("invalid-model-name", "error"),
    "NG204": Code("undefined-parent", "error"),
    "NG205": Code("extends-cycle", "error"),
    "NG206": Code("invalid-type", "error"),
    "NG207": Code("unsupported-generic", "error"),
    "NG208": Code("missing-id", "error"),
    "NG209": Code("duplicate-model", "error"),
    "NG210": Code("recursive-model", "note"),
    "NG211": Code("infinite-model", "warning"),
    "NG212": Code("anonymous-type", "note"),
    "NG213": Code("duplicate-field", "error"),
    "NG214": Code("output-not-a-model", "error"),
    "NG220": Code("undefined-union", "warning"),
    "NG221": Code("quoted-enum-value", "warning"),
    "NG222": Code("unused-model", "note"),
    "NG301": Code("invalid-endpoint", "error"),
    "NG302": Code("invalid-method", "error"),
    "NG303": Code("duplicate-endpoint", "error"),
    "NG304": Code("schedule-too-often", "error"),
    "NG305": Code("invalid-schedule", "error"),
    "NG306": Code("endpoint-count", "error"),
    "NG307": Code("invalid-group", "error"),
    "NG308": Code("undefined-parameter", "error"),
    "NG309": Code("unknown-event", "error"),
    "NG310": Code("invalid-script-name", "error"),
    "NG320": Code("untracked-deletes", "warning"),
    "NG321": Code("metadata-auto-start", "warning"),
    "NG322": Code("missing-scopes", "warning"),
    "NG323": Code("missing-description", "warning"),
    "NG324": Code("verbose-endpoint", "warning"),
    "NG325": Code("bare-endpoint", "warning"),
    "NG326": Code("incremental-deletes", "error"),
    "NG327": Code("schedule-refused", "warning"),
    "NG328": Code("integration-name-refused", "warning"),
    "NG329": Code("script-name-refused", "warning"),
    "NG330": Code("names-alike", "warning"),
    "NG401": Code("missing-script", "error"),
    "NG402": Code("missing-entry-point", "error"),
    "NG403": Code("wrong-signature", "error"),
    "NG404": Code("script-syntax-error", "error"),
    "NG405": Code("undeclared-script", "warning"),
    "NG406": Code("duplicate-script-name", "error"),
    "NG407": Code("unsuitable-layout", "error"),
    "NG410": Code("buried-entry-point", "warning"),
    "NG411": Code("missing-retries", "warning"),
    "NG412": Code("loose-request", "warning"),
    "NG413": Code("undocumented-endpoint", "warning"),
    "NG414": Code("query-in-endpoint", "warning"),
    "NG415": Code("unescaped-segment", "warning"),
    "NG416": Code("hand-made-paging", "warning"),
    "NG417": Code("parallel-requests", "warning"),
    "NG418": Code("guarded-sync", "warning"),
    "NG419": Code("print-in-script", "warning"),
    "NG420": Code("plain-exception", "warning"),
    "NG421": Code("list-output", "warning"),
    "NG422": Code("missing-cursor", "warning"),
    "NG423": Code("records-in-action", "error"),
    "NG424": Code("undeclared-output", "error"),
    "NG425": Code("unsaved-output", "warning"),
    "NG426": Code("late-merging-strategy", "warning"),
    "NG427": Code("unpaired-delete-tracking", "warning"),
    "NG428": Code("interrupted-delete-tracking", "warning"),
    "NG429": Code("early-checkpoint", "warning"),
    "NG430": Code("unbounded-list", "warning"),
    "NG431": Code("redefined-model", "warning"),
    "NG432": Code("unprefixed-type", "warning"),
    "NG433": Code("unnamed-mapper", "warning"),
    "NG434": Code("mutated-argument", "warning"),
    "NG435": Code("unparsed-date", "warning"),
    "NG436": Code("secret-in-code", "warning"),
    "NG437": Code("stateless-incremental", "warning"),
    "NG438": Code("type-error", "warning"),
    "NG439": Code("unchecked-types", "note"),
    "NG501": Code("not-generated", "error"),
    "NG502": Code("stale-generated-file", "error"),
    "NG601": Code("script-failed", "error"),
    "NG602": Code("invalid-record", "error"),
    "NG603": Code("invalid-input", "error"),
    "NG604": Code("invalid-output", "error"),
    "NG605": Code("script-crashed", "error"),
    "NG606": Code("invalid-metadata", "warning"),
    "NG607": Code("confined", "error"),
    "NG608": Code("read-only", "error"),
    "NG610": Code("not-recorded", "error"),
    "NG611": Code("secret-in-recording", "error"),
    "NG612": Code("no-tests", "error"),
    "NG613": Code("unlike-recording", "error"),
    "NG614": Code("broken-test-run", "error"),
    "NG701": Code("unknown-connection", "error"),
    "NG702": Code("unreachable", "error"),
    "NG703": Code("invalid-local-environment", "error"),
    "NG704": Code("server-refused", "error"),
    "NG705": Code("not-authorised", "error"),
    "NG706": Code("not-a-nango-server", "error"),
    "NG707": Code("store-failed", "error"),
    "NG708": Code("unreadable-credentials", "error"),
    "NG709": Code("unknown-provider", "error"),
    "NG710": Code("invalid-provider", "error"),
    "NG711": Code("refresh-failed", "error"),
    "NG712": Code("authorization-failed", "error"),
    "NG801": Code("bad-usage", "error"),
    "NG802": Code("unknown-script", "error"),
    "NG803": Code("ambiguous-script", "error"),
    "NG804": Code("invalid-settings", "error"),
    "NG901": Code("internal-error", "error"),
}

SCRIPT_RULES = frozenset(code for code in CODES if "NG410" <= code < "NG450")


@cache
def code_of(word: str) -> str | None:
    """The code that a name stands for, or the code or beginning of codes that a word is; None if there is no such."""
    code = next((code for code, entry in CODES.items() if entry.name == word.lower()), word.upper())
    return code if code and any(each.startswith(code) for each in CODES) else None
