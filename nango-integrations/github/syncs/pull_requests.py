from models import GithubMetadata, NangoSync, ProxyConfiguration

from ..mappers.to_pull_request import to_pull_request


def fetch_data(nango: NangoSync) -> None:
    # The metadata says which repository the connection is about
    metadata = nango.get_metadata(GithubMetadata)

    config = ProxyConfiguration(
        # https://docs.github.com/en/rest/pulls/pulls#list-pull-requests
        endpoint=f"/repos/{metadata.owner}/{metadata.repo}/pulls",
        params={"state": "all", "sort": "updated", "direction": "desc"},
        retries=10,
    )

    # GitHub answers in pages
    for pull_requests in nango.paginate(config):
        nango.batch_save([to_pull_request(each) for each in pull_requests])
