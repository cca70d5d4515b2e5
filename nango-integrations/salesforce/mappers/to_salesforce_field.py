from models import SalesforceField

from ..types import SalesforceFieldResponse


def to_salesforce_field(response: SalesforceFieldResponse) -> SalesforceField:
    return SalesforceField(name=response["name"], label=response["label"], type=response["type"])
