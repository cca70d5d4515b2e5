"""What host and guest say to each other: JSON-RPC 2.0, one message a line, over an inherited socket.

The host asks one thing, `run`; until it is answered, the guest asks the host for everything else. The answer to `run`
is the end of the run.

    host   {"jsonrpc": "2.0", "id": 0, "method": "run", "params": RunParams}
    guest  {"jsonrpc": "2.0", "id": 1, "method": "proxy", "params": ProxyParams}
    host   {"jsonrpc": "2.0", "id": 1, "result": Answer}
    guest  {"jsonrpc": "2.0", "id": 0, "result": {"output": ..., "confined": true}}
      or   {"jsonrpc": "2.0", "id": 0, "error": {"code": -32000, "message": "...", "data": ScriptError}}
    host   {"jsonrpc": "2.0", "method": "leave", "params": {}}

A guest may wait for `leave` before it ends: the host has then seen how much memory it took.

| guest asks | params | result |
| --- | --- | --- |
| `proxy` | ProxyParams | Answer; error of kind `http` outside 200-299 |
| `paginate.open` | ProxyParams + `paginate`, `with_response` | `{"pages": handle}` |
| `paginate.next` | `{"pages": handle}` | `{"items", "next", "response"}`, or null after the last page |
| `fetch` | FetchParams | Answer, whatever its status; no credentials are added |
| `records.save`, `records.update`, `records.delete` | `{"model", "records", "first"}` | null |
| `records.get` | `{"model", "ids"}`, ids as text, at most 100 | `{"records": {id: record}}` |
| `records.list` | `{"model", "cursor"}` | `{"records", "next_cursor"}`, `next_cursor` null at the end |
| `records.strategy` | `{"model", "strategy": "override" or "ignore_if_modified_after"}` | null |
| `deletes.start`, `deletes.end` | `{"model"}` | null, `{"deleted_keys"}` |
| `checkpoint.get`, `checkpoint.clear` | `{}` | the checkpoint or null, null |
| `checkpoint.save` | `{"checkpoint"}`, a flat map | null |
| `connection.get` | ConnectionParams | ConnectionAnswer, without credentials |
| `connection.token` | ConnectionParams | OAuth 2: the access token; else the credentials as an object |
| `metadata.set`, `metadata.update` | `{"metadata"}` | null |
| `integration.get` | `{"include": ["webhook", "credentials"]}` | `{"unique_key", "provider", ...}` |
| `variables.get` | `{}` | `[{"name", "value"}]` |
| `action.trigger` | `{"integration", "connection_id", "action", "input"}` | `{"output"}` |
| `sync.trigger` | `{"integration", "connection_id", "sync", "variant", "mode"}` | null |
| `sync.start` | `{"integration", "connection_id", "syncs": [{"name", "variant"}]}` | null |
| `lock.acquire` | `{"key", "ttl_ms"}` | whether it was free |
| `lock.release`, `lock.release_all` | `{"key"}`, `{}` | whether it was held, null |
| `log` | `{"level": "debug", "info", "warn" or "error", "text"}` | null |

At most 1000 records are written at once; `first` is the index of their first in what the script passed.
A refused question is answered with an error whose `data` is a Refusal; it becomes an exception in the script.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class Body(TypedDict):
    """A request's or an answer's body: JSON as it is, text, or any other bytes in base 64."""

    kind: Literal["json", "text", "base64"]
    value: Any


class Confinement(TypedDict):
    """What a guest may touch, beside the interpreter: `root` but for the names in `hidden`, which lie directly in it.

    A name may be a pattern such as `.env*`. `memory` is in bytes, None for no limit. `network` False leaves the channel
    as the only way out. The guest also gets its folder for temporary files.
    """

    root: str
    hidden: list[str]
    network: bool
    memory: int | None


class StandingClock(TypedDict):
    """The time that a script sees, ISO 8601; it moves on by what the script sleeps, which takes time if it `waits`."""

    now: str
    waits: bool


class RunParams(TypedDict):
    """`file` and `root` are absolute; `in_foreground` says that the terminal's signals reach the guest alone.

    `input` is an action's input or, for kind `webhook`, the payload that a sync's `on_webhook_payload_received` gets.
    `confinement` is None when the user has switched it off. `lifeline` is the descriptor of a pipe whose other end
    closes with the host, `temporary` a folder for temporary files, which becomes TMPDIR; the pump adds them.
    `clock` is there in runs that are recorded or replayed.
    """

    root: str
    file: str
    environment: str
    integration: str
    kind: Literal["sync", "action", "on-event", "webhook"]
    script: str
    variant: str
    connection_id: str
    provider: str
    outputs: list[str]
    input: Any
    last_sync_date: str | None
    in_foreground: bool
    confinement: Confinement | None
    lifeline: NotRequired[int]
    temporary: NotRequired[str]
    clock: NotRequired[StandingClock]


class ProxyParams(TypedDict):
    method: str
    endpoint: str
    params: dict[str, Any] | str | None
    headers: dict[str, str]
    body: Body | None
    retries: int
    retry_on: list[int]
    base_url_override: str | None
    decompress: bool


class FetchParams(TypedDict):
    url: str
    method: str
    headers: dict[str, str]
    body: Body | None


class ConnectionParams(TypedDict):
    """None means the run's own; `force_refresh` asks the provider for fresh credentials first."""

    integration: str | None
    connection_id: str | None
    force_refresh: bool


class ConnectionAnswer(TypedDict):
    connection_id: str
    provider_config_key: str
    provider: str
    metadata: dict[str, Any]
    connection_config: dict[str, Any]
    tags: dict[str, str]
    errors: list[dict[str, Any]]
    created_at: str | None


class Answer(TypedDict):
    """What a provider answered; header names are lower case."""

    status: int
    headers: dict[str, str]
    body: Body | None


class Refusal(TypedDict, total=False):
    """`kind` is `http` (with method, path, status, headers, body) or `refused` (with code, help)."""

    kind: Literal["http", "refused"]
    code: str | None
    help: str | None
    method: str
    path: str
    status: int
    headers: dict[str, str]
    body: Body | None


class Frame(TypedDict):
    """A place in one of the project's files, relative to its root."""

    file: str
    line: int
    function: str
    source: str


class ScriptError(TypedDict, total=False):
    """How a script failed. `payload` belongs to kind `action` and, with `status`, to HTTP errors.

    `confined`, here as in the result of a script that did not fail, says whether the system holds the guest to its
    confinement: not every system can. It is None when confining failed for another reason. A failure of type
    `ReaderGone`, code NG605, is that of a script whose output nobody reads any more. `help` may have several lines.
    """

    kind: Literal["exception", "action", "exit", "interrupt"]
    type: str
    message: str
    frames: list[Frame]
    payload: Any
    status: int
    help: str | None
    code: str | None
    confined: bool | None
