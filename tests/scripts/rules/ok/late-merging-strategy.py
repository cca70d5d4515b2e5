# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    nango.get_metadata()
    if nango.last_sync_date:
        nango.get(1)
    else:
        nango.set_merging_strategy("ignore_if_modified_after")
    nango.get(1)


def on_webhook_payload_received(nango, payload):
    nango.set_merging_strategy("ignore_if_modified_after")
    nango.batch_save([payload])
