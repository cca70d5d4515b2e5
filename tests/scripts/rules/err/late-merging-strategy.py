# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    nango.get(1)
    nango.set_merging_strategy("ignore_if_modified_after")  # !
    nango.batch_save([])
