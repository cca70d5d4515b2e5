# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    nango.batch_save([])
    nango.track_deletes_end("Issue")  # !
