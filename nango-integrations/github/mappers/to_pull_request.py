from models import PullRequest, PullRequestBase, PullRequestHead

from ..types import GithubPullRequestResponse


def to_pull_request(response: GithubPullRequestResponse) -> PullRequest:
    return PullRequest(
        id=response["id"],
        number=response["number"],
        title=response["title"],
        state=response["state"],
        body=response["body"] or None,
        created_at=response["created_at"],
        updated_at=response["updated_at"],
        closed_at=response["closed_at"] or None,
        merged_at=response["merged_at"] or None,
        head=PullRequestHead(ref=response["head"]["ref"], sha=response["head"]["sha"]),
        base=PullRequestBase(ref=response["base"]["ref"], sha=response["base"]["sha"]),
    )
