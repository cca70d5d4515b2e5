from models import SalesforceRecord

from ..types import SalesforceRecordResponse


def to_salesforce_record(model: str, response: SalesforceRecordResponse) -> SalesforceRecord:
    data = {name: value for name, value in response.items() if name not in ("attributes", "Id")}
    return SalesforceRecord(id=response["Id"], model=model, data=data)
