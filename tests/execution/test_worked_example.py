"""GitHub's integration of nango-integrations, run against the sample API by real processes."""

from __future__ import annotations

import shutil
from pathlib import Path

from execution.workbench import SPAN, Workbench, action, model, primitive, spanned, sync

from nango_cli.execution.event import RecordsSaved, RequestDone
from nango_cli.ir.types import Field, Object

EXAMPLE = Path(__file__).parents[2] / "nango-integrations"

MODELS_PY = """
from nango_cli.sdk import *
from pydantic import BaseModel, model_serializer

class Model(BaseModel):
    @model_serializer(mode="wrap")
    def _omit(self, handler):
        return {key: value for key, value in handler(self).items() if value is not None}

class GithubMetadata(Model):
    owner: str
    repo: str

class CreatePullRequest(Model):
    owner: str
    repo: str
    title: str
    head: str
    base: str
    body: str | None = None

class PullRequestHead(Model):
    ref: str
    sha: str

class PullRequestBase(Model):
    ref: str
    sha: str

class PullRequest(Model):
    id: float | int
    number: float | int
    title: str
    state: str
    body: str | None = None
    created_at: str
    updated_at: str
    closed_at: str | None = None
    merged_at: str | None = None
    head: PullRequestHead
    base: PullRequestBase
"""

REFERENCE = Object(tuple(Field(spanned(name), primitive("string")) for name in ("ref", "sha")), None, SPAN)
PULL_REQUEST = model(
    "PullRequest",
    id="number",
    number="number",
    title="string",
    state="string",
    body_q="string",
    created_at="string",
    updated_at="string",
    closed_at_q="string",
    merged_at_q="string",
    head=REFERENCE,
    base=REFERENCE,
)
CREATE = model(
    "CreatePullRequest", owner="string", repo="string", title="string", head="string", base="string", body_q="string"
)
NEW = {"owner": "octo-org", "repo": "hello-world", "title": "Add a thing", "head": "topic", "base": "main"}


def prepare(bench: Workbench) -> None:
    shutil.copytree(EXAMPLE / "github", bench.root / "github", ignore=shutil.ignore_patterns("__pycache__"))
    bench.write("models.py", MODELS_PY)
    bench.models = [PULL_REQUEST, CREATE, model("GithubMetadata", owner="string", repo="string")]


def test_the_sync_saves_every_pull_request(bench: Workbench) -> None:
    prepare(bench)
    outcome = bench.run(sync("pull-requests", "PullRequest", input="GithubMetadata"))
    assert outcome.failure is None
    assert outcome.status == "success"
    assert outcome.counts["PullRequest"].added == 23
    assert {record["number"] for record in bench.saved} == set(range(1, 24))
    bodies = [record["body"] for record in bench.saved if "body" in record]
    assert len(bodies) == 18
    assert None not in bodies
    assert [(each.status, each.page) for each in outcome.requests] == [(200, 1), (200, 2), (200, 3)]
    kinds = [type(event) for event in bench.events]
    assert kinds == [RequestDone, RecordsSaved] * 3


def test_the_action_creates_a_pull_request(bench: Workbench) -> None:
    prepare(bench)
    outcome = bench.run(action("create-pull-request", "CreatePullRequest", "PullRequest"), input=NEW)
    assert outcome.failure is None
    assert outcome.output["number"] == 24
    assert outcome.output["head"]["ref"] == "topic"
    assert [(each.method, each.status) for each in outcome.requests] == [("POST", 201)]


def test_a_refused_pull_request_fails_with_the_providers_words(bench: Workbench) -> None:
    prepare(bench)
    script = action("create-pull-request", "CreatePullRequest", "PullRequest")
    outcome = bench.run(script, input={**NEW, "title": ""})
    assert outcome.failure is not None
    assert outcome.failure.code == "NG601"
    assert outcome.failure.type == "HttpError"
    assert outcome.failure.status == 422
    assert outcome.failure.payload["errors"][0]["field"] == "title"
    assert "422: Validation Failed" in outcome.failure.message
    assert outcome.failure.frames[-1].file == "github/actions/create_pull_request.py"
    assert outcome.failure.frames[-1].source == "response = nango.post(config)"
