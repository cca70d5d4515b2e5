from urllib.parse import quote

from models import CreatePullRequest, NangoAction, ProxyConfiguration, PullRequest

from ..mappers.to_pull_request import to_pull_request


def run_action(nango: NangoAction, input: CreatePullRequest) -> PullRequest:
    config = ProxyConfiguration(
        # https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request
        endpoint=f"/repos/{quote(input.owner, safe='')}/{quote(input.repo, safe='')}/pulls",
        data={"title": input.title, "head": input.head, "base": input.base, "body": input.body},
        retries=3,
    )
    response = nango.post(config)

    return to_pull_request(response.data)
