"""What host and guest say to each other: JSON-RPC 2.0, one message a line, over an inherited socket.

The host asks one thing, `run`; until it is answered, the guest asks the host for everything else. The answer to `run`
is the end of the run.

    host   {"jsonrpc": "2.0", "id": 0, "method": "run", "params": RunParams}
    guest  {"jsonrpc": "2.0", "id": 1, "method": "proxy", "params": ProxyParams}
    host   {"jsonrpc": "2.0", "id": 1, "result": Answer}
    guest  {"jsonrpc": "2.0", "id": 0, "result": {"output": ...}}
      or   {"jsonrpc": "2.0", "id": 0, "error": {"code": -32000, "message": "...", "data": ScriptError}}

| guest asks | params | result |
| --- | --- | --- |
| `proxy` | ProxyParams | Answer; error of kind `http` outside 200-299 |
| `paginate.open` | ProxyParams + `paginate`, `with_response` | `{"pages": handle}` |
| `paginate.next` | `{"pages": handle}` | `{"items", "next", "response"}`, or null after the last page |
| `records.save`, `records.update`, `records.delete` | `{"model", "records"}` | null |
| `connection.get` | `{}` | `{"connection_id", "provider_config_key", "provider", "metadata"}` |
| `log` | `{"level": "debug" | "info" | "warn" | "error", "text"}` | null |

A refused question is answered with an error whose `data` is a Refusal; it becomes an exception in the script.
"""

from __future__ import annotations

from typing import Any, Literal, TypedDict


class Body(TypedDict):
    """A request's or an answer's body: JSON as it is, text, or any other bytes in base 64."""

    kind: Literal["json", "text", "base64"]
    value: Any


class RunParams(TypedDict):
    """`file` and `root` are absolute; `in_foreground` says that the terminal's signals reach the guest alone."""

    root: str
    file: str
    integration: str
    kind: Literal["sync", "action", "on-event"]
    script: str
    connection_id: str
    provider: str
    outputs: list[str]
    input: Any
    last_sync_date: str | None
    in_foreground: bool


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
    """How a script failed. `payload` belongs to kind `action` and, with `status`, to HTTP errors."""

    kind: Literal["exception", "action", "exit", "interrupt"]
    type: str
    message: str
    frames: list[Frame]
    payload: Any
    status: int
    help: str | None
    code: str | None
