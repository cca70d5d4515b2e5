# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    nango.batch_save([1])  # !
    nango.track_deletes_start()
    nango.batch_save([2])
    nango.track_deletes_end()
