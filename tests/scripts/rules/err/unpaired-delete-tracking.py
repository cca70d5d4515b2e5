# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    nango.track_deletes_start(Issue)  # !
    nango.batch_save([])
