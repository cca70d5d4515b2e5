"""A secret in code is read by everybody who reads the code; requests of `nango` carry those of their connection."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree

CODE = "NG436"

# Forms that providers give to secrets, so that they are recognised.
_FORMS = re.compile(
    r"gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{30,}|glpat-[\w-]{20}|xox[abprs]-[\w-]{20,}|[sr]k_live_[A-Za-z0-9]{20,}"
    r"|AKIA[0-9A-Z]{16}|AIza[\w-]{35}|SG\.[\w-]{20,}\.[\w-]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|sk-(?:proj|ant|svcacct)-[\w-]{20,}|\w://[^\s/:@%$]+:[^\s/:@%$]+@\w"
    r"|(?:Bearer|Basic|Token) (?=(?:[^ ]*\d){4})[\w.~+/=-]{20,}$|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"
)
_NAMES = re.compile(
    r"(?:^|_|-)(?:api_?key|apikey|secret|secret_key|client_secret|access_token|auth_token|password)$", re.IGNORECASE
)
_RANDOM = re.compile(r"(?=(?:.*\d){4})(?=.*[A-Za-z])[\w.~+/=-]{16,}")
_PLACEHOLDER = re.compile(r"your|example|placeholder|changeme|dummy|xxx|\.\.\.|<|\{", re.IGNORECASE)


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    for node in script.tree.of(ast.Constant):
        text = node.value.decode("latin-1") if isinstance(node.value, bytes) else node.value
        if not isinstance(text, str) or len(text) < 16 or _PLACEHOLDER.search(text):
            continue
        if _FORMS.search(text) or (_RANDOM.fullmatch(text) and _NAMES.search(_name(script, node) or "")):
            help = "revoke it; keep the next one in the connection, or in an environment variable"
            yield problem(CODE, "this looks like a secret", script.span(node), help=help)


def _name(script: ScriptTree, node: ast.Constant) -> str | None:
    """What a text is called: the name, key or parameter that it is given to."""
    parent = script.tree.parents[node]
    match parent:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) | ast.keyword(arg=name):
            return name
        case ast.Dict():
            key = next((key for key, value in zip(parent.keys, parent.values, strict=True) if value is node), None)
            return str(key.value) if isinstance(key, ast.Constant) else None
    return None
