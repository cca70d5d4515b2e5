# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration


def fetch_data(nango: NangoSync) -> None:
    nango.get(ProxyConfiguration(
        endpoint="/a",
        # enough for this one
        retries=2,  # !
    ))
    nango.get(ProxyConfiguration("/é", "GET", {}, None, {}, 0))  # !
    nango.post({"endpoint": "/c", "retries": 9})  # !
