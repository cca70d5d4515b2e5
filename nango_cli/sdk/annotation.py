"""What the parameters of an entry point want to be given."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from typing import Any

_MOST_DECORATORS = 10  # of one function


def positional(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """The parameters that arguments without a name go to; `*args` takes any number of them, none of which counts."""
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [each for each in inspect.signature(function).parameters.values() if each.kind in kinds]


def passes_on(function: Callable[..., Any]) -> bool:
    """Whether it takes whatever it is given, as what a decorator puts in the place of a function may do."""
    return not positional(function) and any(
        each.kind is inspect.Parameter.VAR_POSITIONAL for each in inspect.signature(function).parameters.values()
    )


def wrapped(function: Callable[..., Any], name: str, depth: int = 0) -> Callable[..., Any] | None:
    """The function of this name that a decorator without `functools.wraps` put its own in the place of."""
    for cell in getattr(function, "__closure__", None) or ():
        try:
            inside = cell.cell_contents
        except ValueError:  # nothing is in it yet
            continue
        if callable(inside) and depth < _MOST_DECORATORS:
            found = inside if getattr(inside, "__name__", None) == name else wrapped(inside, name, depth + 1)
            if found is not None:
                return found
    return None


def resolve(function: Callable[..., Any], annotation: Any) -> Any:
    """The annotation's object, None for one that has no meaning while the script runs.

    It is text under `from __future__ import annotations`, and may name what is imported for type checkers only.
    """
    if annotation is inspect.Parameter.empty:
        return None
    if not isinstance(annotation, str):
        return annotation
    names = dict(getattr(inspect.unwrap(function), "__globals__", {}))
    try:
        return _evaluate(annotation, names)
    except NameError:
        _import_for_type_checkers(names)
    except Exception:  # whatever an annotation may do; it is there for readers first
        return None
    try:
        return _evaluate(annotation, names)
    except Exception:
        return None


def _evaluate(annotation: str, names: dict[str, Any]) -> Any:
    value = eval(annotation, names)
    return eval(value, names) if isinstance(value, str) else value  # it had quotes of its own


def _import_for_type_checkers(names: dict[str, Any]) -> None:
    """Do what stands under `if TYPE_CHECKING:` in the module that the names belong to."""
    import ast
    from pathlib import Path

    names.update({name: each for name, each in vars(sys.modules.get("models", ast)).items() if name not in names})
    try:
        tree = ast.parse(Path(names["__file__"]).read_bytes())
    except (KeyError, OSError, SyntaxError):
        return
    for statement in tree.body:
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.dump(statement.test):
            for line in statement.body:
                if isinstance(line, ast.Import | ast.ImportFrom):
                    try:
                        exec(compile(ast.Module([line], []), names["__file__"], "exec"), names)
                    except Exception:  # there for type checkers, who may know more packages than we do
                        continue
