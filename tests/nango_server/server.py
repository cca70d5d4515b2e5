"""The API's paths."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from types import TracebackType
from typing import Any
from urllib.parse import unquote

from provider_server.loopback import Answer, Asked, Loopback

from nango_server.data import CREATED, KEY, connection, integration, provider, record
from nango_server.forward import Forwarder

LACKS_0_60 = ("/integrations/", "/connections")
LACKS_0_71 = ("/config/",)

_CONNECTION_KEYS = {"provider_config_key", "connection_id", "credentials", "connection_config", "metadata", "tags"}
_INTEGRATION_KEYS = {"provider", "unique_key", "display_name", "credentials"}
_UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE)


def refusal(status: int, code: str, message: str | None = None, **more: Any) -> Answer:
    error = {"code": code, **({"message": message} if message else {}), **more}
    return Answer(status, {"error": error})


class ActionFailed(Exception):
    """What an action raises; `args[0]` is its payload."""


class NangoServer(Loopback):
    """One environment: the integrations `github` and `acme`, both at `provider_url`, with the connection `demo` each.

    Its tables are plain attributes, to be filled by tests. `backoff` is the first wait of its retries in seconds.
    """

    def __init__(
        self, provider_url: str, *, key: str = KEY, lacks: Collection[str] = (), backoff: float = 0.0, port: int = 0
    ) -> None:
        super().__init__(port)
        self.key = key
        self.lacks = tuple(lacks)
        self._forwarder = Forwarder(backoff)
        self._provider_url = provider_url
        self.faults: dict[str, Answer] = {}
        self.integrations = {
            each["unique_key"]: each
            for each in (integration("github", "github", provider_url), integration("acme", "acme", provider_url))
        }
        self.connections = [
            connection("demo", "github", "github", metadata={"owner": "octo-org", "repo": "hello-world"}),
            connection("other", "github", "github", id=2),
            connection("demo", "acme", "acme", id=3, connection_config={"subdomain": "acme"}, tags={"team": "a"}),
        ]
        self.providers = {each["name"]: each for each in (provider("github", "OAUTH2"), provider("acme", "API_KEY"))}
        self.records: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        self.variables: list[dict[str, str]] = [{"name": "REGION", "value": "eu"}]
        self.actions: dict[str, Callable[[Any], Any]] = {"echo": lambda given: {"given": given}}
        self.syncs: list[dict[str, Any]] = [sync("users"), sync("users", variant="eu", checkpoint={"page": 7})]
        self.triggered: list[dict[str, Any]] = []
        self._routes: list[tuple[str, re.Pattern[str], Callable[..., Answer]]] = [
            ("GET", re.compile(r"/connections?"), self._list_connections),
            ("GET", re.compile(r"/connections?/([^/]+)"), self._connection),
            ("POST", re.compile(r"/connections?/metadata"), self._set_metadata),
            ("PATCH", re.compile(r"/connections?/metadata"), self._update_metadata),
            ("POST", re.compile(r"/connections?"), self._create_connection),
            ("DELETE", re.compile(r"/connections?/([^/]+)"), self._delete_connection),
            ("GET", re.compile(r"/integrations"), self._list_integrations),
            ("POST", re.compile(r"/integrations"), self._create_integration),
            ("PATCH", re.compile(r"/integrations/([^/]+)"), self._update_integration),
            ("DELETE", re.compile(r"/integrations/([^/]+)"), self._delete_integration),
            ("GET", re.compile(r"/providers"), lambda asked: Answer(200, {"data": list(self.providers.values())})),
            ("GET", re.compile(r"/providers/([^/]+)"), self._provider),
            ("GET", re.compile(r"/integrations/([^/]+)"), self._integration),
            ("GET", re.compile(r"/config/([^/]+)"), self._config),
            ("GET", re.compile(r"/environment-variables"), lambda asked: Answer(200, self.variables)),
            ("GET", re.compile(r"/records/?"), self._records),
            ("POST", re.compile(r"/action/trigger"), self._action),
            ("GET", re.compile(r"/sync/status"), self._sync_status),
            ("POST", re.compile(r"/sync/(trigger|start|pause)"), self._sync),
        ]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        self._forwarder.close()

    def add_records(self, model: str, records: list[dict[str, Any]], *, integration: str, connection_id: str) -> None:
        """Fill a model, or a `Model::variant`."""
        kept = self.records.setdefault((integration, connection_id, model), [])
        kept += [record(each, number) for number, each in enumerate(records, len(kept))]

    def answer(self, asked: Asked) -> Answer:
        for start, fault in self.faults.items():
            if asked.path.startswith(start):
                return fault
        if refused := self._unauthorised(asked):
            return refused
        if not asked.path.startswith(self.lacks):
            if asked.path.startswith("/proxy/"):
                return self._proxy(asked)
            for method, pattern, answer in self._routes:
                if method == asked.method and (match := pattern.fullmatch(asked.path)):
                    with self.lock:
                        return answer(asked, *map(unquote, match.groups()))
        return refusal(404, "not_found", f"{asked.method} {asked.path} does not exist")

    def _unauthorised(self, asked: Asked) -> Answer | None:
        header = asked.header("authorization")
        if not header:
            return refusal(401, "missing_auth_header")
        key = header.removeprefix("Bearer ")
        if not _UUID4.fullmatch(key):
            return refusal(401, "invalid_secret_key_format")
        return None if key == self.key else refusal(401, "unknown_account")

    def _find(self, integration: str | None, connection_id: str | None) -> dict[str, Any] | None:
        wanted = (integration, connection_id)
        return next((c for c in self.connections if (c["provider_config_key"], c["connection_id"]) == wanted), None)

    def _list_connections(self, asked: Asked) -> Answer:
        wanted = asked.parameter("connectionId")
        shown = ("id", "connection_id", "provider_config_key", "provider", "errors", "end_user", "tags", "metadata")
        found = [c for c in self.connections if not wanted or c["connection_id"] == wanted]
        listed = [{**{name: c[name] for name in shown}, "created": c["created_at"]} for c in found]
        return Answer(200, {"connections": listed})

    def _connection(self, asked: Asked, id: str) -> Answer:
        found = self._find(asked.parameter("provider_config_key"), id)
        return Answer(200, found) if found else refusal(404, "not_found", "Failed to find connection")

    def _create_connection(self, asked: Asked) -> Answer:
        body = asked.json()
        if unknown := set(body) - _CONNECTION_KEYS:
            return refusal(400, "invalid_body", errors=[{"code": "unrecognized_keys", "keys": sorted(unknown)}])
        integration = self.integrations.get(body["provider_config_key"])
        if integration is None:
            return refusal(400, "unknown_provider_config", "Provider does not exist")
        given = {name: body[name] for name in ("credentials", "connection_config", "metadata", "tags") if name in body}
        made = connection(
            body["connection_id"], body["provider_config_key"], integration["provider"], id=self._next_id(), **given
        )
        self.connections.append(made)
        return Answer(201, made)

    def _delete_connection(self, asked: Asked, id: str) -> Answer:
        found = self._find(asked.parameter("provider_config_key"), id)
        if found is None:
            return refusal(404, "not_found", "Failed to find connection")
        self.connections.remove(found)
        return Answer(200, {"success": True})

    def _set_metadata(self, asked: Asked) -> Answer:
        return self._metadata(asked, replace=True)

    def _update_metadata(self, asked: Asked) -> Answer:
        return self._metadata(asked, replace=False)

    def _metadata(self, asked: Asked, *, replace: bool) -> Answer:
        body = asked.json()
        found = self._find(body["provider_config_key"], body["connection_id"])
        if found is None:
            return refusal(404, "not_found", "Failed to find connection")
        found["metadata"] = {**({} if replace else found["metadata"]), **body["metadata"]}
        return Answer(201 if replace else 200, body)

    def _list_integrations(self, asked: Asked) -> Answer:
        return Answer(200, {"data": [_shown(each) for each in self.integrations.values()]})

    def _integration(self, asked: Asked, key: str) -> Answer:
        found = self.integrations.get(key)
        if found is None:
            return refusal(404, "not_found", f'Integration "{key}" does not exist')
        included = {value for name, value in asked.query if name == "include"}
        more = {"webhook_url": f"{self.url}/webhook/env/{key}"} if "webhook" in included else {}
        if "credentials" in included:
            more["credentials"] = found["credentials"]
        return Answer(200, {"data": {**_shown(found), **more}})

    def _create_integration(self, asked: Asked) -> Answer:
        body = asked.json()
        if unknown := set(body) - _INTEGRATION_KEYS:
            return refusal(400, "invalid_body", errors=[{"code": "unrecognized_keys", "keys": sorted(unknown)}])
        if body["provider"] not in self.providers:
            return refusal(400, "invalid_body", "Invalid provider")
        if body["unique_key"] in self.integrations:
            return refusal(400, "invalid_body", "Unique key already exists")
        given = {name: body[name] for name in ("display_name",) if name in body}
        made = integration(
            body["unique_key"], body["provider"], self._provider_url, **given, credentials=body.get("credentials")
        )
        self.integrations[body["unique_key"]] = made
        return Answer(200, {"data": _shown(made)})

    def _update_integration(self, asked: Asked, key: str) -> Answer:
        found, body = self.integrations.get(key), asked.json()
        if found is None:
            return refusal(404, "not_found", f'Integration "{key}" does not exist')
        if unknown := set(body) - {"display_name", "credentials"}:
            return refusal(400, "invalid_body", errors=[{"code": "unrecognized_keys", "keys": sorted(unknown)}])
        found.update(body)
        return Answer(200, {"data": _shown(found)})

    def _delete_integration(self, asked: Asked, key: str) -> Answer:
        if self.integrations.pop(key, None) is None:
            return refusal(404, "not_found", f'Integration "{key}" does not exist')
        self.connections = [each for each in self.connections if each["provider_config_key"] != key]
        return Answer(200, {"success": True})

    def _provider(self, asked: Asked, name: str) -> Answer:
        found = self.providers.get(name)
        return Answer(200, {"data": found}) if found else refusal(404, "not_found", f"Unknown provider {name}")

    def _next_id(self) -> int:
        return max((each["id"] for each in self.connections), default=0) + 1

    def _config(self, asked: Asked, key: str) -> Answer:
        found = self.integrations.get(key)
        if found is None:
            return refusal(404, "unknown_provider_config", "There is no provider config matching this key")
        return Answer(200, {"config": {"unique_key": key, "provider": found["provider"]}})

    def _records(self, asked: Asked) -> Answer:
        place = (asked.header("provider-config-key") or "", asked.header("connection-id") or "")
        if not asked.parameter("model"):
            return refusal(400, "invalid_query_params", errors=[{"code": "invalid_type", "path": ["model"]}])
        if self._find(*place) is None:
            return refusal(404, "unknown_connection", "No matching connection was found")
        found = self.records.get((*place, asked.parameter("model")), [])
        if ids := {value for name, value in asked.query if name == "ids"}:
            return Answer(200, {"records": [r for r in found if str(r["id"]) in ids], "next_cursor": None})
        first = int((asked.parameter("cursor") or "cursor--1").removeprefix("cursor-")) + 1
        page = found[first : first + asked.number("limit", 100)]
        more = first + len(page) < len(found)
        return Answer(200, {"records": page, "next_cursor": page[-1]["_nango_metadata"]["cursor"] if more else None})

    def _action(self, asked: Asked) -> Answer:
        body = asked.json()
        action = self.actions.get(body["action_name"])
        if self._find(asked.header("provider-config-key"), asked.header("connection-id")) is None or action is None:
            return refusal(404, "not_found", f'action "{body["action_name"]}" does not exist')
        try:
            return Answer(200, action(body.get("input")))
        except ActionFailed as error:
            message = "The action script failed with a runtime error"
            return refusal(500, "action_script_runtime_error", message, payload=error.args[0])

    def _sync_status(self, asked: Asked) -> Answer:
        wanted = asked.parameter("syncs")
        if not wanted:
            return refusal(400, "invalid_query_params", errors=[{"code": "invalid_type", "path": ["syncs"]}])
        id = asked.parameter("connection_id")
        names = wanted.split(",")
        found = [each for each in self.syncs if wanted == "*" or each["name"] in names]
        return Answer(200, {"syncs": [{**each, "connection_id": id} for each in found]})

    def _sync(self, asked: Asked, what: str) -> Answer:
        self.triggered.append({"what": what, **asked.json()})
        return Answer(200, {"success": True})

    def _proxy(self, asked: Asked) -> Answer:
        place = (asked.header("provider-config-key"), asked.header("connection-id"))
        found = self._find(*place)
        if found is None:
            return refusal(400, "unknown_connection", "No matching connection was found")
        base_url = self.integrations[place[0] or ""]["base_url"]
        return self._forwarder.send(asked, base_url, found["credentials"]["access_token"])


def sync(name: str, *, variant: str = "base", checkpoint: Any = None, finished: str | None = CREATED) -> dict[str, Any]:
    """One entry of a sync status."""
    return {
        "id": f"00000000-0000-4000-8000-{name.encode().hex()[:12]:0>12}",
        "type": "INITIAL",
        "finishedAt": finished,
        "nextScheduledSyncAt": None,
        "name": name,
        "variant": variant,
        "status": "SUCCESS",
        "frequency": "every hour",
        "latestResult": {"User": {"added": 25, "deleted": 0, "updated": 0}},
        "latestExecutionStatus": "SUCCESS",
        "recordCount": {"User": 25},
        "checkpoint": checkpoint,
    }


def _shown(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name not in ("base_url", "credentials")}
