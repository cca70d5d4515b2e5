from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import quote

from models import BoxMetadata, CursorPagination, HttpError, NangoSync, ProxyConfiguration

from ..mappers.to_box_document import to_box_document
from ..types import BoxFileResponse, BoxItemResponse

BATCH = 100
FIELDS = "id,name,modified_at,shared_link"


def fetch_data(nango: NangoSync, metadata: BoxMetadata) -> None:
    # Nothing selected is a selection that was never made: it must not delete everything
    if not metadata.files and not metadata.folders:
        raise ValueError("the metadata selects neither files nor folders")

    # A folder within a selected one is read once, wherever it is met first
    waiting = list(dict.fromkeys(metadata.folders))
    met = set(waiting)
    files = dict.fromkeys(metadata.files)
    while waiting:
        for items in read_folder(nango, waiting.pop()):
            found = [each for each in items if each["type"] == "file"]
            nango.batch_save([to_box_document(each) for each in found])
            for each in found:
                files.pop(each["id"], None)
            folders = [each["id"] for each in items if each["type"] == "folder" and each["id"] not in met]
            waiting += folders
            met.update(folders)

    # What is left lies in none of the folders
    nango.log(f"folders read: {len(met)}; files to go: {len(files)}", level="debug")
    rest = read_files(nango, files)
    while batch := list(islice(rest, BATCH)):
        nango.batch_save([to_box_document(each) for each in batch])


def read_folder(nango: NangoSync, folder: str) -> Iterator[list[BoxItemResponse]]:
    config = ProxyConfiguration(
        # https://developer.box.com/reference/get-folders-id-items/
        endpoint=f"/2.0/folders/{quote(folder, safe='')}/items",
        params={"fields": FIELDS, "usemarker": "true"},
        retries=10,
        paginate=CursorPagination(
            cursor_name_in_request="marker",
            cursor_path_in_response="next_marker",
            response_path="entries",
            limit_name_in_request="limit",
            limit=1000,
        ),
    )
    try:
        yield from nango.paginate(config)
    except HttpError as error:
        pass_over_if_gone(nango, f"folder {folder}", error)


def read_files(nango: NangoSync, files: Iterable[str]) -> Iterator[BoxFileResponse]:
    for file in files:
        config = ProxyConfiguration(
            # https://developer.box.com/reference/get-files-id/
            endpoint=f"/2.0/files/{quote(file, safe='')}",
            params={"fields": FIELDS},
            retries=10,
        )
        try:
            yield nango.get(config).data
        except HttpError as error:
            pass_over_if_gone(nango, f"file {file}", error)


def pass_over_if_gone(nango: NangoSync, what: str, error: HttpError) -> None:
    """Let a missing item pass, whose records are deleted rightly; raise everything else, so that nothing is deleted."""
    if error.status != 404:
        raise error
    nango.log(f"{what} is selected, but gone", level="warn")
