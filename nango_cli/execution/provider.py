"""A connection's provider as a run sees it: requests are repeated where that may help, and told as they happen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from nango_cli.environments.connection import Connection
from nango_cli.environments.environment import Connections
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse, Unreachable
from nango_cli.execution import retry
from nango_cli.execution.clock import Clock
from nango_cli.execution.event import Event, Exchanged, RequestDone, Retrying
from nango_cli.redaction import Redactor, may_hold_secrets
from nango_cli.runners.pump import Stop


class HttpFailure(Exception):
    """The provider's last word was a status outside 200-299."""

    def __init__(self, request: ProxyRequest, response: ProxyResponse) -> None:
        super().__init__(f"{request.method} {response.url} answered {response.status}")
        self.method = request.method
        self.path = urlsplit(response.url).path
        self.response = response


class Provider:
    """Sends requests for one connection.

    `done` holds those that were answered, and those that were not, `retries` counts the repeated ones, and `seconds` is
    the time spent waiting for answers. What looks like a secret in an answer is hidden from then on.
    """

    def __init__(
        self,
        connection: Connection,
        environment: Connections,
        listen: Callable[[Event], None],
        clock: Clock,
        stop: threading.Event,
        redactor: Redactor,
        time_limit: float | None = None,
    ) -> None:
        self.connection = connection
        self.done: list[RequestDone] = []
        self.retries = 0
        self.seconds = 0.0
        self._environment = environment
        self._definition = environment.definition(connection.provider)
        self._listen = listen
        self._clock = clock
        self._stop = stop
        self._redactor = redactor
        self._known = -1
        self._deadline = None if time_limit is None else clock.seconds() + time_limit

    @property
    def pages(self) -> Mapping[str, Any] | None:
        """How the provider pages, where the environment knows it; None to go by what travels with the package."""
        return self._definition.paginate if self._definition else None

    def fetch(self, request: ProxyRequest, page: int | None = None) -> ProxyResponse:
        """The provider's answer. Raises HttpFailure, or Unreachable, when it is not what was hoped for.

        Raises Stop when the run ends while it is waited for.
        """
        if page is not None:
            request = replace(request, paged=True)
        attempts = 1 if self._environment.retries else request.retries + 1
        attempt = 1
        while True:
            try:
                response = self._once(request, page, attempt)
            except Unreachable as error:
                if attempt == attempts or not error.retryable:
                    raise
                if not self._wait(request, error.message, retry.backoff(attempt), attempt, attempts):
                    raise
            else:
                if 200 <= response.status <= 299:
                    return response
                wait = retry.wait_after(
                    response.status,
                    response.headers,
                    attempt=attempt,
                    retry_on=request.retry_on,
                    provider=self.connection.provider,
                    now=self._clock.now(),
                    rule=self._definition.retry if self._definition else None,
                    body=response.data,
                )
                if attempt == attempts or wait is None:
                    raise HttpFailure(request, response)
                if not self._wait(request, f"status {response.status}", wait, attempt, attempts):
                    raise HttpFailure(request, response)
            attempt += 1

    def fetch_directly(self, request: ProxyRequest) -> ProxyResponse:
        """The answer, whatever its status, of an address that need not be the provider's; without credentials."""
        return self._once(request, None, 1, directly=True)

    def _once(self, request: ProxyRequest, page: int | None, attempt: int, *, directly: bool = False) -> ProxyResponse:
        for given in (request.headers, request.params, request.data):
            self._redactor.learn(given)
        start = self._clock.seconds()
        try:
            response = self._environment.fetch(request) if directly else self._environment.proxy(request)
        except Unreachable as error:
            self._tell(request.method, request.endpoint, None, start, page, attempt, error.message)
            self._listen(Exchanged(request, None))
            raise
        except Stop:
            self._tell(request.method, request.endpoint, None, start, page, attempt, "the run ended before the answer")
            self._listen(Exchanged(request, None))
            raise
        self._learn(response)
        self._tell(request.method, response.url, response.status, start, page, attempt)
        self._listen(Exchanged(request, response))
        return response

    def _learn(self, response: ProxyResponse) -> None:
        secrets = self._environment.secrets()
        if len(secrets) != self._known:  # such as a token that was refreshed for this request
            self._known = len(secrets)
            for each in secrets:
                self._redactor.add(each)
        self._redactor.learn(response.headers)
        self._redactor.learn_query(response.url)
        if response.raw is None or may_hold_secrets(response.raw):
            self._redactor.learn(response.data)

    def _tell(
        self,
        method: str,
        url: str,
        status: int | None,
        start: float,
        page: int | None,
        attempt: int,
        reason: str | None = None,
    ) -> None:
        seconds = self._clock.seconds() - start
        self.seconds += seconds
        event = RequestDone(method, self._redactor.url(url), status, seconds * 1000, page, attempt, reason)
        self.done.append(event)
        self._listen(event)

    def _wait(self, request: ProxyRequest, reason: str, wait: float, attempt: int, attempts: int) -> bool:
        """Whether there is time for it; if not, the next attempt could only come too early. Raises Stop."""
        if self._deadline is not None and self._clock.seconds() + wait >= self._deadline:
            return False
        wait = min(wait, retry.LONGEST_WAIT)
        url = self._redactor.url(request.endpoint)
        self._listen(Retrying(request.method, url, reason, wait, attempt, attempts - 1))
        self._clock.sleep(wait, self._stop)
        if self._stop.is_set():
            raise Stop("stopped")
        self.retries += 1
        return True
