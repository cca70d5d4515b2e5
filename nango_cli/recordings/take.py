"""Makes a cassette of a run that was recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from nango_cli.environments.destination import Checkpoint, Task
from nango_cli.environments.dry_run import Write
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse, Unreachable
from nango_cli.recordings.cassette import Answer, Cassette, Exchange, NoAnswer, Question, Start
from nango_cli.recordings.identity import identify
from nango_cli.recordings.recording import Recording
from nango_cli.recordings.scrub import Scrubber
from nango_cli.recordings.written import Written


class Take:
    """One run for a task, in a recording environment; `models` are those that a sync declares."""

    def __init__(self, recording: Recording, task: Task, start: Start, models: Iterable[str] = ()) -> None:
        self._recording = recording
        self._start = start
        self._written = Written(task, models)

    def wrote(self, write: Write) -> None:
        self._written.add(write)

    def cassette(
        self, output: Any, checkpoint: Checkpoint | None, secrets: Iterable[str], names: Collection[str] = ()
    ) -> Cassette:
        """The run without secrets: those given, and what goes under the names of some, or under one of `names`."""
        recording, start = self._recording, self._start
        scrubber = Scrubber([*recording.secrets(), *secrets], names)
        for value in self._everything(output, checkpoint):
            scrubber.learn(value)
        first = next((each.result for each in recording.questions if each.method == "connection"), None) or {}
        hide = scrubber.value
        return Cassette(
            exchanges=tuple(_exchange(request, answer, scrubber) for request, answer in recording.exchanges),
            questions=tuple(_question(each, scrubber) for each in recording.questions),
            start=replace(
                start,
                input=hide(start.input),
                webhook=tuple(hide(start.webhook)),
                metadata=hide(start.metadata),
                checkpoint=hide(start.checkpoint),
            ),
            retries=recording.retries,
            runs_actions=recording.runs_actions,
            metadata=hide(start.metadata or first.get("metadata") or {}),
            config=hide(first.get("config") or {}),
            output=hide(output),
            saved=hide(self._written.saved),
            updated=hide(self._written.updated),
            deleted=hide(self._written.deleted),
            checkpoint=hide(checkpoint),
        )

    def _everything(self, output: Any, checkpoint: Checkpoint | None) -> Iterable[Any]:
        start = self._start
        yield from (start.input, list(start.webhook), start.metadata, start.checkpoint, output, checkpoint)
        for request, answer in self._recording.exchanges:
            yield from (request.endpoint, request.params, request.headers, request.data)
            if isinstance(answer, ProxyResponse):
                yield from (answer.headers, answer.url, answer.data)
        for question in self._recording.questions:
            yield from (question.params, question.result)
        for batches in (self._written.saved, self._written.updated, self._written.deleted):
            yield from batches.values()


def _exchange(request: ProxyRequest, answer: ProxyResponse | Unreachable, scrubber: Scrubber) -> Exchange:
    asked = identify(scrubber.request(request))
    hide = scrubber.value
    if isinstance(answer, Unreachable):
        said = NoAnswer(hide(answer.message), hide(answer.help), answer.retryable)
        return Exchange(asked, asked.hash, said)
    headers: Mapping[str, str] = hide(answer.headers)
    return Exchange(asked, asked.hash, Answer(answer.status, headers, hide(answer.data), hide(answer.url)))


def _question(question: Question, scrubber: Scrubber) -> Question:
    return replace(
        question,
        params=scrubber.value(question.params),
        result=scrubber.value(question.result),
        refusal=scrubber.value(question.refusal),
    )
