# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



COMMON = {"retries": 10}


def fetch_data(nango: NangoSync) -> None:
    nango.get(ProxyConfiguration(endpoint="/a", retries=2))
    nango.get(ProxyConfiguration("/a", "GET", {}, None, {}, 10))
    nango.get(ProxyConfiguration(endpoint="/a", **COMMON))
    nango.get({"endpoint": "/a", **COMMON})
    nango.get({"endpoint": "/a", "retries": 0})
    nango.uncontrolled_fetch("https://example.com")
    {}.get({"endpoint": "/a"})
