# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    if nango.last_sync_date:
        nango.batch_save([])
    nango.set_merging_strategy("ignore_if_modified_after")  # !
