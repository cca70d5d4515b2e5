"""What GitHub's API answers, as far as the scripts read it."""

from typing import TypedDict


class GithubGitReference(TypedDict):
    ref: str
    sha: str


class GithubPullRequestResponse(TypedDict):
    id: int
    number: int
    title: str
    state: str
    body: str | None
    created_at: str
    updated_at: str
    closed_at: str | None
    merged_at: str | None
    head: GithubGitReference
    base: GithubGitReference
