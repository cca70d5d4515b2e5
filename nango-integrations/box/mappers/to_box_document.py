from models import BoxDocument

from ..types import BoxFileResponse


def to_box_document(response: BoxFileResponse) -> BoxDocument:
    return BoxDocument(
        id=response["id"],
        name=response["name"],
        modified_at=response["modified_at"] or None,
        download_url=(response["shared_link"] or {}).get("download_url"),
    )
