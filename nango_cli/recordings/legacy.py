"""Reads the recordings that Nango used to keep: a tree of files under `<integration>/mocks/`.

| file | holds |
| --- | --- |
| `<script>[/<variant>]/input.json`, `output.json` | an action's values |
| `<script>[/<variant>]/<Model>/batchSave.json`, `batchDelete.json` | a sync's records |
| `nango/getConnection.json`, `nango/getMetadata.json` | the connection |
| `nango/<method>/proxy/<endpoint>/<script>[/<variant>]/<hash>.json` | one request and its answer |

Still older trees have `nango/<method>/proxy/<endpoint>/<script>.json`, which is an answer's body alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nango_cli.environments.exchange import ProxyRequest
from nango_cli.recordings.cassette import Answer, Batches, Cassette, Exchange, Start
from nango_cli.recordings.identity import Identity, as_text, identify, own_headers
from nango_cli.recordings.shape import Misshapen, Shape, anything, many, maybe, members, number, pair, text
from nango_cli.recordings.unified import response_of
from nango_cli.recordings.unified_shape import CONNECTION, OBJECT

Files = Mapping[str, Any]
"""JSON values by their path below `mocks`, with `/`."""

_PAIRS = maybe(many(pair))
_ENTRY = members(
    {
        "requestIdentity": maybe(members({"params": _PAIRS, "headers": _PAIRS})),
        "requestIdentityHash": maybe(text),
        "headers": maybe(OBJECT),
        "status": number,
    }
)


def read(files: Files, script: str, variant: str = "base") -> Cassette | None:
    """The recording of a script; None if the tree holds none. Raises Misshapen with the file that is none."""
    own = script if variant == "base" else f"{script}/{variant}"
    exchanges = tuple(_exchanges(files, own))
    if not exchanges and not any(path.startswith(f"{own}/") for path in files):
        return None
    connection = _checked(files, "nango/getConnection.json", CONNECTION) or {}
    return Cassette(
        exchanges=exchanges,
        start=Start(variant=variant, input=files.get(f"{own}/input.json")),
        provider=connection.get("provider"),
        metadata=_checked(files, "nango/getMetadata.json", maybe(OBJECT)) or connection.get("metadata") or {},
        config=connection.get("connection_config") or {},
        output=files.get(f"{own}/output.json"),
        saved=_batches(files, own, "batchSave"),
        deleted=_batches(files, own, "batchDelete"),
    )


def _checked(files: Files, path: str, shape: Shape) -> Any:
    """The value of a file, None if there is no such file."""
    try:
        if path in files:
            shape(files[path], "$")
    except Misshapen as error:
        raise Misshapen(str(error), path) from error
    return files.get(path)


def _batches(files: Files, own: str, operation: str) -> Batches:
    end = f"/{operation}.json"
    mine = {path: path.removeprefix(f"{own}/") for path in files if path.startswith(f"{own}/")}
    found = {name.removesuffix(end): path for path, name in mine.items() if name.endswith(end)}
    return {model: _checked(files, path, many(anything)) for model, path in found.items() if "/" not in model}


def _exchanges(files: Files, own: str) -> Iterable[Exchange]:
    for path in sorted(files):
        kind, _, rest = path.partition("/")
        method, _, rest = rest.partition("/")
        role, _, rest = rest.partition("/")
        if kind != "nango" or role != "proxy":
            continue
        folder, _, name = rest.rpartition("/")
        if folder == own or folder.endswith(f"/{own}"):
            found = _checked(files, path, _ENTRY)
            try:
                yield _described(method, folder.removesuffix(own), found, name.removesuffix(".json"))
            except Misshapen as error:
                raise Misshapen(str(error), path) from error
        elif rest == f"{own}.json" or rest.endswith(f"/{own}.json"):
            asked = identify(ProxyRequest("", "", method, rest.removesuffix(f"{own}.json").rstrip("/")))
            yield Exchange(asked, asked.hash, Answer(200, {}, files[path]), described=False)


def _described(method: str, endpoint: str, found: Mapping[str, Any], hash: str) -> Exchange:
    known = found.get("requestIdentity") or {}
    plain = identify(ProxyRequest("", "", method, str(found.get("endpoint") or endpoint).strip("/")))
    asked = Identity(
        method=method.lower(),
        endpoint=plain.endpoint,
        params=tuple(sorted([*plain.params, *((name, str(value)) for name, value in known.get("params") or ())])),
        headers=own_headers((name, str(value)) for name, value in known.get("headers") or ()),
        data=as_text(known.get("data")),
    )
    headers = {name.lower(): str(value) for name, value in (found.get("headers") or {}).items()}
    answer = Answer(found.get("status", 200), headers, response_of(found.get("response"), {}, "$.response"))
    return Exchange(asked, found.get("requestIdentityHash") or hash, answer, "requestIdentity" in found)
