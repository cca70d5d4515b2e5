# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration


def fetch_data(nango: NangoSync) -> None:
    metadata = nango.get_metadata()
    path = f"/x/{metadata['owner']}"  # !
    nango.get(ProxyConfiguration(endpoint=path))
