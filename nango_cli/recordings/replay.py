"""An environment that answers as a recording does. It has no credentials and no network."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, replace
from types import TracebackType
from typing import Any, Self

from nango_cli.environments.connection import Connection, Credentials
from nango_cli.environments.destination import Destination, Record, RecordPage, Task
from nango_cli.environments.encoding import with_query
from nango_cli.environments.environment import Level
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse, Unreachable
from nango_cli.environments.kept import KeptInStore
from nango_cli.environments.store.store import Store
from nango_cli.errors import RunError
from nango_cli.providers.provider import Provider
from nango_cli.recordings.cassette import Answer, Cassette, NoAnswer
from nango_cli.recordings.difference import difference, title
from nango_cli.recordings.identity import identify
from nango_cli.recordings.match import Answers
from nango_cli.recordings.questions import MISSING, Questions
from nango_cli.recordings.scrub import STAND_IN, stand_ins

_UNKNOWN_TOKEN = f"{STAND_IN}0"


class NotRecorded(RunError):
    code = "NG610"


class Replay(KeptInStore):
    """A context manager. `missed` is what was asked for and not recorded, also when the script went on without it.

    `definition` knows providers, as far as that takes no network.
    """

    runs_syncs = False

    def __init__(
        self, cassette: Cassette, *, definition: Callable[[str], Provider | None] = lambda provider: None
    ) -> None:
        self.missed: list[NotRecorded] = []
        self._cassette = cassette
        self._definition = definition
        self._answers = Answers(cassette.exchanges)
        self._questions = Questions(cassette.questions or ())
        self._stand_ins = _stand_ins(cassette)
        self._metadata: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._open = contextlib.ExitStack()
        self._store: Store | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    @property
    def retries(self) -> bool:
        return self._cassette.retries

    @property
    def runs_actions(self) -> bool:
        return self._cassette.runs_actions

    def definition(self, provider: str) -> Provider | None:
        """What the recorded run went by: a server needs no definitions."""
        return None if self.retries else self._definition(provider)

    def warm_up(self, integration: str) -> None:
        """Do nothing: nothing takes long here."""

    def connection(self, integration: str, connection_id: str) -> Connection:
        """One that was recorded. What was recorded elsewhere knows of one connection, so any is that."""
        start = self._cassette.start
        found = self._ask("connection", {"integration": integration, "connection_id": connection_id})
        if found is MISSING and not self._is_ours:
            provider = self._cassette.provider or integration
            found = {"id": connection_id, "integration": integration, "provider": provider}
            found |= {"metadata": self._cassette.metadata, "config": self._cassette.config}
        if found is MISSING:
            what = f"connection `{connection_id}` of `{integration}`"
            raise self._miss(what, f"the recording was made with `{start.connection_id}`")
        given = {each.name: found[each.name] for each in fields(Connection) if each.name in found}
        known = Connection(**{**given, "errors": tuple(found.get("errors") or ())})
        return replace(known, metadata=self._metadata.get((integration, connection_id), known.metadata))

    def connections(self, *, integration: str | None = None, connection_id: str | None = None) -> Sequence[Connection]:
        return []

    def credentials(self, integration: str, connection_id: str, *, refresh: bool = False) -> Credentials:
        """What was scrubbed keeps its stand-in, which is as good as a key here."""
        found = self._ask("credentials", {"integration": integration, "connection_id": connection_id})
        if found is not MISSING:
            shown: Credentials = found["credentials"]
            return shown
        if self._is_ours:
            raise self._miss(f"credentials of `{connection_id}` of `{integration}`")
        return {"type": "OAUTH2", "access_token": _UNKNOWN_TOKEN}

    def set_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        self._metadata[integration, connection_id] = dict(metadata)

    def update_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        known = self.connection(integration, connection_id).metadata
        self.set_metadata(integration, connection_id, {**known, **metadata})

    def secrets(self) -> Collection[str]:
        """The stand-ins, so that what was hidden in the recorded run is hidden in this one."""
        return self._stand_ins

    def proxy(self, request: ProxyRequest) -> ProxyResponse:
        asked = identify(request)
        answer = self._answers.next(asked)
        if answer is None:
            raise self._miss(title(asked), difference(asked, self._answers.requests))
        if isinstance(answer, NoAnswer):
            raise Unreachable(answer.message, help=answer.help, retryable=answer.retryable)
        url = answer.url or with_query(title(asked).partition(" ")[2], dict(asked.params))
        return ProxyResponse(answer.status, answer.headers, answer.data, url)

    def fetch(self, request: ProxyRequest) -> ProxyResponse:
        return self.proxy(request)

    def integration(self, name: str, include: Sequence[str] = ()) -> dict[str, Any]:
        found = self._ask("integration", {"name": name, "include": list(include)})
        if found is MISSING:
            raise self._miss(f"the integration `{name}`")
        return dict(found)

    def variables(self) -> Sequence[Mapping[str, str]]:
        found = self._ask("variables", {})
        if found is MISSING:
            raise self._miss("the environment's variables")
        return list(found)

    def get(self, destination: Destination, ids: Sequence[str]) -> Mapping[str, Record]:
        """Records that were there before the run; in recordings of other tools, none were."""
        found = self._ask("records.get", {"model": destination.stored_model, "ids": list(ids)})
        if found is MISSING and self._is_ours:
            raise self._miss(f"records of `{destination.stored_model}`")
        return {} if found is MISSING else dict(found)

    def read(self, destination: Destination, cursor: str | None = None, limit: int = 100) -> RecordPage:
        found = self._ask("records.read", {"model": destination.stored_model, "cursor": cursor, "limit": limit})
        if found is MISSING and self._is_ours:
            raise self._miss(f"a page of records of `{destination.stored_model}`")
        return RecordPage((), None) if found is MISSING else RecordPage(tuple(found["records"]), found["next_cursor"])

    def trigger_action(self, integration: str, connection_id: str, action: str, input: Any) -> Any:
        params = {"integration": integration, "connection_id": connection_id, "action": action, "input": input}
        found = self._ask("action", params)
        if found is MISSING:
            raise self._miss(f"the action `{action}` of `{integration}` with this input")
        return found

    def trigger_sync(self, task: Task, mode: str) -> None:
        raise NotImplementedError("the engine runs syncs itself")

    def start_sync(self, tasks: Sequence[Task]) -> None:
        """Start no schedule: there is none."""

    def log(self, integration: str, connection_id: str, script: str, level: Level, text: str) -> None:
        """Keep nothing: whoever watches the run has seen the line."""

    @property
    def _is_ours(self) -> bool:
        return self._cassette.questions is not None

    def _ask(self, method: str, params: Mapping[str, Any]) -> Any:
        return self._questions.next(method, params)

    def _miss(self, what: str, help: str | None = None) -> NotRecorded:
        more = "record it again with `nango dryrun --save`"
        error = NotRecorded(f"not recorded: {what}", help=f"{help}\n{more}" if help else more)
        self.missed.append(error)
        return error

    def _kept(self) -> Store:
        if self._store is None:
            self._store = self._open.enter_context(Store.open(None))
        return self._store


def _stand_ins(cassette: Cassette) -> set[str]:
    start = cassette.start
    told: list[Any] = [start.input, start.webhook, start.metadata, start.checkpoint, cassette.metadata]
    told += [each.result for each in cassette.questions or ()]
    answers = [each.answer for each in cassette.exchanges]
    told += [[each.headers, each.data, each.url] for each in answers if isinstance(each, Answer)]
    return stand_ins(told)
