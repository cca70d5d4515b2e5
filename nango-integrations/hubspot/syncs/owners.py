from models import NangoSync, ProxyConfiguration

from ..mappers.to_hubspot_owner import to_hubspot_owner


def fetch_data(nango: NangoSync) -> None:
    config = ProxyConfiguration(
        # https://developers.hubspot.com/docs/api-reference/crm-owners-v3/owners/get-crm-v3-owners-
        endpoint="/crm/v3/owners",
        params={"limit": 500},
        retries=10,
    )
    for owners in nango.paginate(config):
        nango.batch_save([to_hubspot_owner(each) for each in owners])
