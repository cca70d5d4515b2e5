# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    nango.track_deletes_start()
    try:
        nango.batch_save(nango.get(1).data)
    finally:
        nango.track_deletes_end()  # !
