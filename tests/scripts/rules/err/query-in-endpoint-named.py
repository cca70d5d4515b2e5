# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration


def fetch_data(nango: NangoSync) -> None:
    path = "/a?b=1"  # !
    nango.get(ProxyConfiguration(endpoint=path))
    nango.post(ProxyConfiguration(endpoint=path))
    nango.get(ProxyConfiguration("/a" "?b=1"))  # !
