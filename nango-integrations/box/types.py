"""What Box's API answers, as far as the scripts read it."""

from typing import Literal, TypedDict


class BoxSharedLink(TypedDict, total=False):
    download_url: str


class BoxFileResponse(TypedDict):
    type: Literal["file"]
    id: str
    name: str
    modified_at: str | None
    shared_link: BoxSharedLink | None


class BoxFolderResponse(TypedDict):
    """A folder, or a link to a page elsewhere."""

    type: Literal["folder", "web_link"]
    id: str


BoxItemResponse = BoxFileResponse | BoxFolderResponse
