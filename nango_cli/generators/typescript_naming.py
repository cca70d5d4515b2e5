"""Names and texts of nango.yaml as TypeScript writes them."""

from __future__ import annotations

import json
import re

from nango_cli.generators.naming import distinct, unused
from nango_cli.ir.project import Project

_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)
_RESERVED = frozenset(
    re.findall(
        r"\w+",
        """
        any arguments as await bigint boolean break case catch class const continue debugger default delete do else enum
        eval export extends false finally for function if implements import in instanceof interface let new never null
        number object package private protected public return static string super switch symbol this throw true try
        type typeof undefined unknown var void while with yield
        """,
    )
)


def type_names(project: Project) -> dict[str, str]:
    """What each model is called as a type: its own name unless the language has it."""
    return distinct((model.name.value for model in project.models), _type_name, {"z"})


def schema_names(project: Project) -> dict[str, str]:
    """What the zod schema of each model is called: `issueSchema` for `Issue`."""
    taken = {"z", "date"}
    return {
        name: unused(f"{'_' if name[:1].isdigit() else ''}{name[:1].lower()}{name[1:]}Schema", taken)
        for name in (model.name.value for model in project.models)
    }


def property_name(name: str) -> str:
    if name == "__proto__":  # without brackets it would be the prototype
        return '["__proto__"]'
    return name if _IDENTIFIER.fullmatch(name) else quoted(name)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def literal(value: bool | int | float | str) -> str:
    return quoted(value) if isinstance(value, str) else json.dumps(value)


def comment(text: str) -> str:
    plain = "".join(each if each.isprintable() else " " for each in text)
    plain = plain.replace("*/", "* /")
    return f"/** {plain} */"


def _type_name(name: str) -> str:
    if name in _RESERVED:
        return f"{name}_"
    return f"_{name}" if name[:1].isdigit() else name
