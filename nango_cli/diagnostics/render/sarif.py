"""Diagnostics as SARIF 2.1.0, the format of code scanning services.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from urllib.parse import quote

from nango_cli.diagnostics.codes import CODES
from nango_cli.diagnostics.diagnostic import Diagnostic, Fix
from nango_cli.diagnostics.source import Span


def render_sarif(found: Iterable[Diagnostic], *, version: str) -> str:
    """A log with one run; `version` is that of nango-cli."""
    results = list(found)
    codes = sorted({each.code for each in results})
    seen: Counter[str] = Counter()
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "nango-cli", "version": version, "rules": [_rule(code) for code in codes]}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(each, codes.index(each.code), seen) for each in results],
            }
        ],
    }
    return json.dumps(log, indent=2)


def _rule(code: str) -> dict[str, object]:
    name = "".join(word.capitalize() for word in CODES[code].name.split("-"))
    return {
        "id": code,
        "name": name,
        "defaultConfiguration": {"level": CODES[code].severity},
        "help": {"text": f"nango explain {code}"},
    }


def _result(found: Diagnostic, rule_index: int, seen: Counter[str]) -> dict[str, object]:
    text = f"{found.message}\n{found.help}" if found.help else found.message
    result: dict[str, object] = {
        "ruleId": found.code,
        "ruleIndex": rule_index,
        "level": found.severity,
        "message": {"text": text},
    }
    if found.span:
        result["locations"] = [{"physicalLocation": _place(found.span)}]
    if found.labels:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _place(label.span), "message": {"text": label.message}}
            for number, label in enumerate(found.labels, start=1)
        ]
    if found.fix and found.span:
        result["fixes"] = [_fix(found.fix, found.span.path)]
    result["partialFingerprints"] = {"diagnostic/v1": _fingerprint(found, seen)}
    return result


def _fix(fix: Fix, path: str) -> dict[str, object]:
    replacements = [
        {"deletedRegion": _place(edit.span)["region"], "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    changes = [{"artifactLocation": {"uri": _uri(path)}, "replacements": replacements}]
    return {"description": {"text": fix.title}, "artifactChanges": changes, "properties": {"safe": fix.safe}}


def _fingerprint(found: Diagnostic, seen: Counter[str]) -> str:
    """The same when lines move; the same problem twice in a file is told apart by counting."""
    identity = "\0".join([found.code, found.span.path if found.span else "", found.message])
    digest = hashlib.sha256(identity.encode(errors="backslashreplace")).hexdigest()[:16]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"


def _place(span: Span) -> dict[str, object]:
    return {
        "artifactLocation": {"uri": _uri(span.path)},
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        },
    }


def _uri(path: str) -> str:
    # A name that is not UTF-8 reaches Python with surrogates, and its bytes are what a URI wants.
    uri = quote(path, errors="surrogateescape")
    return f"file://{uri}" if path.startswith("/") else uri
