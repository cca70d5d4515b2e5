from urllib.parse import quote

from models import NangoAction, ProxyConfiguration, SalesforceFields, SalesforceModel

from ..mappers.to_salesforce_field import to_salesforce_field


def run_action(nango: NangoAction, input: SalesforceModel) -> SalesforceFields:
    config = ProxyConfiguration(
        # https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm
        endpoint=f"/services/data/v59.0/sobjects/{quote(input.model, safe='')}/describe",
        retries=3,
    )
    response = nango.get(config)

    # As a configuration of `configured-records` takes them
    return SalesforceFields(
        model=response.data["name"],
        fields=[to_salesforce_field(each) for each in response.data["fields"]],
    )
