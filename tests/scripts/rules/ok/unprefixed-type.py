# acme/types.py
from typing import TypedDict


class _Page(TypedDict): ...


class AcmeIssueResponse(TypedDict):
    class Inner: ...


class ACMEPage: ...


State = str
