import re

from models import LinkPagination, NangoSync, ProxyConfiguration, SalesforceConfiguration, SalesforceMetadata

from ..mappers.to_salesforce_record import to_salesforce_record


def fetch_data(nango: NangoSync, metadata: SalesforceMetadata) -> None:
    # Every query is built before the first one is sent: a slip in the configuration saves nothing
    queries = [(each.model, to_query(each)) for each in metadata.configurations]

    for model, query in queries:
        config = ProxyConfiguration(
            # https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm
            endpoint="/services/data/v59.0/query",
            params={"q": query},
            retries=10,
            paginate=LinkPagination(link_path_in_response_body="nextRecordsUrl", response_path="records"),
        )
        for records in nango.paginate(config):
            nango.batch_save([to_salesforce_record(model, each) for each in records])


def to_query(configuration: SalesforceConfiguration) -> str:
    """The query for the configured fields, and for the id; ValueError if a name could be more than a name."""
    names = [field.name for field in configuration.fields]
    for name in (configuration.model, *names):
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
            raise ValueError(f"the configuration names {name!r}, which no model or field of Salesforce is called")
    columns = {name.lower(): name for name in ("Id", *names)}  # Salesforce refuses a field that is named twice
    return f"SELECT {', '.join(columns.values())} FROM {configuration.model}"
