"""The files of a new script."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostics
from nango_cli.errors import FileError
from nango_cli.generators.naming import class_name
from nango_cli.runners.runner import candidates
from nango_cli.scaffold import naming
from nango_cli.scaffold.changes import Change
from nango_cli.scaffold.declaration import Declaration
from nango_cli.scaffold.request import Request
from nango_cli.scaffold.response_type import with_type
from nango_cli.scaffold.templates import render
from nango_cli.scripts.place import SUFFIXES
from nango_cli.workspace import Workspace


def files(workspace: Workspace, request: Request, declaration: Declaration) -> Iterator[Change]:
    """The script, its mapper and the type of what the provider answers. Raises FileError NG010 if one is in the way."""
    yield Change(_script_path(workspace, request), _script(request, declaration))
    if request.kind == "on-event":
        return
    mapper, type_ = _mapper(declaration), _response(request)
    values = {"mapper": mapper, "model": declaration.output, "type": type_}
    yield Change(f"{request.integration}/mappers/{mapper}.py", render("create/mapper.py", **values))
    path = f"{request.integration}/types.py"
    found = Diagnostics()
    before = workspace.read(path, found).text if workspace.holds(path) else None
    try:
        after = with_type(None if found else before, request.integration, type_)
    except SyntaxError:
        found.add("NG404", "", None)
    if found:
        message = f"{workspace.shown_file(path)} is not Python, so nothing is added to it"
        raise FileError(message, code="NG010", help="mend it, and try again")
    if after != before:
        yield Change(path, after, before)


def _script(request: Request, declaration: Declaration) -> str:
    if request.kind == "on-event":
        return render("create/on-event.py", event=request.event)
    values = {"mapper": _mapper(declaration), "path": declaration.path}
    if request.kind == "sync":
        return render("create/sync.py", **values)
    names = sorted(["NangoAction", "ProxyConfiguration", declaration.input, declaration.output])
    return render(
        "create/action.py",
        **values,
        imports=", ".join(names),
        input=declaration.input,
        output=declaration.output,
        method=declaration.method.lower(),
        argument="params" if declaration.method in ("GET", "DELETE") else "data",
    )


def _script_path(workspace: Workspace, request: Request) -> str:
    """Where the script goes, if none of the places where it would be looked for is taken."""
    root, integration, name = workspace.root, request.integration, request.name
    for suffix in SUFFIXES:
        for place in candidates(root, integration, request.kind, name, suffix):
            workspace.check_free(place.relative_to(root).as_posix())
    return f"{integration}/{request.kind}s/{request.stem}.py"


def _mapper(declaration: Declaration) -> str:
    return f"to_{naming.snake(declaration.record)}"


def _response(request: Request) -> str:
    """The name of the answer's type, which begins with the integration's so that nobody takes it for a model."""
    parts = naming.record_words(request.name) if request.kind == "sync" else naming.words(request.name)
    return class_name(naming.pascal([*naming.owned(parts, request.integration), "response"]))
