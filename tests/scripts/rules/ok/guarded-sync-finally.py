# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    try:
        nango.get(1)
    finally:
        nango.release_all_locks()
