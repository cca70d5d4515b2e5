"""A connection's provider as a run sees it: requests are repeated where that may help, and told as they happen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from nango_cli.environments.environment import Connection, Connections, ProxyRequest, ProxyResponse, Unreachable
from nango_cli.execution import retry
from nango_cli.execution.clock import Clock
from nango_cli.execution.event import Event, RequestDone, Retrying


class HttpFailure(Exception):
    """The provider's last word was a status outside 200-299."""

    def __init__(self, request: ProxyRequest, response: ProxyResponse) -> None:
        super().__init__(f"{request.method} {response.url} answered {response.status}")
        self.method = request.method
        self.path = urlsplit(response.url).path
        self.response = response


class Provider:
    """Sends requests for one connection; `done` holds those that were answered, and those that were not."""

    def __init__(
        self,
        connection: Connection,
        environment: Connections,
        listen: Callable[[Event], None],
        clock: Clock,
        stop: threading.Event,
        time_limit: float | None = None,
    ) -> None:
        self.connection = connection
        self.done: list[RequestDone] = []
        self._environment = environment
        self._listen = listen
        self._clock = clock
        self._stop = stop
        self._deadline = None if time_limit is None else clock.seconds() + time_limit

    def fetch(self, request: ProxyRequest, page: int | None = None) -> ProxyResponse:
        """The provider's answer. Raises HttpFailure, or Unreachable, when it is not what was hoped for."""
        attempts = 1 if self._environment.retries else request.retries + 1
        attempt = 1
        while True:
            try:
                response = self._once(request, page)
            except Unreachable as error:
                if attempt == attempts or not error.retryable:
                    raise
                self._wait(request, error.message, retry.backoff(attempt), attempt, attempts)
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
                )
                if attempt == attempts or wait is None:
                    raise HttpFailure(request, response)
                self._wait(request, f"status {response.status}", wait, attempt, attempts)
            attempt += 1

    def _once(self, request: ProxyRequest, page: int | None) -> ProxyResponse:
        start = self._clock.seconds()
        try:
            response = self._environment.proxy(request)
        except Unreachable:
            self._tell(request.method, request.endpoint, None, start, page)
            raise
        self._tell(request.method, response.url, response.status, start, page)
        return response

    def _tell(self, method: str, url: str, status: int | None, start: float, page: int | None) -> None:
        event = RequestDone(method, url, status, (self._clock.seconds() - start) * 1000, page)
        self.done.append(event)
        self._listen(event)

    def _wait(self, request: ProxyRequest, reason: str, wait: float, attempt: int, attempts: int) -> None:
        self._listen(Retrying(request.method, request.endpoint, reason, wait, attempt, attempts - 1))
        left = wait if self._deadline is None else max(0.0, self._deadline - self._clock.seconds())
        self._clock.sleep(min(wait, left), self._stop)
        if self._stop.is_set() or left < wait:
            raise Unreachable("the run ends before the next attempt", retryable=False)
