# acme/syncs/issues.py
from urllib.parse import quote

from models import HttpError, Issue, NangoSync, ProxyConfiguration, Settings

from ..mappers.to_issue import to_issue

BATCH = 100


def fetch_data(nango: NangoSync, metadata: Settings) -> None:
    if not metadata.owner:
        raise ValueError("choose an owner first")
    read_folder(nango, metadata.owner)
    batch: list[Issue] = []
    for number in range(metadata.team):
        try:
            batch.append(read_one(nango, number))
        except HttpError as error:
            nango.log(f"issue {number}: {error}", level="warn")
            continue
        if len(batch) >= BATCH:
            nango.batch_save(batch)
            batch = []
    if batch:
        nango.batch_save(batch)


def read_folder(nango: NangoSync, folder: str) -> None:
    # https://docs.acme.com/reference#list-folder
    config = ProxyConfiguration(
        endpoint=f"/2.0/folders/{quote(folder, safe='')}/items",
        params={"fields": "id,title"},
        retries=10,
        paginate={"type": "cursor", "response_path": "entries"},
    )
    batch = []
    for items in nango.paginate(config):
        for item in items:
            if item["type"] == "folder":
                read_folder(nango, item["id"])
            else:
                batch.append(to_issue(item))
            if len(batch) >= BATCH:
                nango.batch_save(batch)
                batch = []
    nango.batch_save(batch, "Issue")


def read_one(nango: NangoSync, number: int) -> Issue:
    config = ProxyConfiguration(
        # https://docs.acme.com/reference#get-issue
        endpoint=f"/2.0/issues/{number}",
        retries=10,
    )
    return to_issue(nango.get(config).data)
