from datetime import datetime
from urllib.parse import quote

from models import GithubMetadata, NangoSync, ProxyConfiguration

from ..mappers.to_pull_request import to_pull_request


def fetch_data(nango: NangoSync) -> None:
    # The metadata says which repository the connection is about
    metadata = nango.get_metadata(GithubMetadata)

    config = ProxyConfiguration(
        # https://docs.github.com/en/rest/pulls/pulls#list-pull-requests
        endpoint=f"/repos/{quote(metadata.owner, safe='')}/{quote(metadata.repo, safe='')}/pulls",
        params={"state": "all", "sort": "updated", "direction": "desc"},
        retries=10,
    )

    # GitHub answers in pages, the latest change first: behind what the last run has seen, nothing is new
    since = nango.last_sync_date
    for pull_requests in nango.paginate(config):
        nango.batch_save([to_pull_request(each) for each in pull_requests])
        if since and any(datetime.fromisoformat(each["updated_at"]) < since for each in pull_requests):
            break
