"""What Salesforce's API answers, as far as the scripts read it."""

from typing import Any, TypedDict

SalesforceRecordResponse = dict[str, Any]
"""The fields that the query names, under Salesforce's own names, and `attributes`."""


class SalesforceFieldResponse(TypedDict):
    name: str
    label: str
    type: str


class SalesforceDescribeResponse(TypedDict):
    name: str
    fields: list[SalesforceFieldResponse]
