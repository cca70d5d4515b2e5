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
from nango_cli.recordings.unified import response_of

Files = Mapping[str, Any]
"""JSON values by their path below `mocks`, with `/`."""


def read(files: Files, script: str, variant: str = "base") -> Cassette | None:
    """The recording of a script; None if the tree holds none."""
    own = script if variant == "base" else f"{script}/{variant}"
    exchanges = tuple(_exchanges(files, own))
    if not exchanges and not any(path.startswith(f"{own}/") for path in files):
        return None
    connection = files.get("nango/getConnection.json") or {}
    return Cassette(
        exchanges=exchanges,
        start=Start(variant=variant, input=files.get(f"{own}/input.json")),
        provider=connection.get("provider"),
        metadata=files.get("nango/getMetadata.json") or connection.get("metadata") or {},
        config=connection.get("connection_config") or {},
        output=files.get(f"{own}/output.json"),
        saved=_batches(files, own, "batchSave"),
        deleted=_batches(files, own, "batchDelete"),
    )


def _batches(files: Files, own: str, operation: str) -> Batches:
    end = f"/{operation}.json"
    mine = {path.removeprefix(f"{own}/"): value for path, value in files.items() if path.startswith(f"{own}/")}
    found = {path.removesuffix(end): records for path, records in mine.items() if path.endswith(end)}
    return {model: records for model, records in found.items() if "/" not in model}


def _exchanges(files: Files, own: str) -> Iterable[Exchange]:
    for path in sorted(files):
        kind, _, rest = path.partition("/")
        method, _, rest = rest.partition("/")
        role, _, rest = rest.partition("/")
        if kind != "nango" or role != "proxy":
            continue
        folder, _, name = rest.rpartition("/")
        if folder == own or folder.endswith(f"/{own}"):
            yield _described(method, folder.removesuffix(own), files[path], name.removesuffix(".json"))
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
    answer = Answer(found.get("status", 200), headers, response_of(found.get("response"), {}))
    return Exchange(asked, found.get("requestIdentityHash") or hash, answer, "requestIdentity" in found)
