# acme/types.py
from typing import TypedDict


class IssueResponse(TypedDict):  # !
    id: str


@decorated
class  Listing: ...  # !
