# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration

OFTEN = 2


def fetch_data(nango: NangoSync, some: dict = {}) -> None:
    nango.get(ProxyConfiguration(endpoint="/a", retries=12))
    nango.get(ProxyConfiguration(endpoint="/a", retries=OFTEN))
    nango.get(ProxyConfiguration(endpoint="/a", retries=1))  # nango: ignore[NG411]
    nango.get(ProxyConfiguration("/a", "GET", {}, None, {}, 10))
    nango.get(ProxyConfiguration(endpoint="/a", **some))
    nango.get({"endpoint": "/a", **some})
    nango.get(dict(some, endpoint="/a"))
    nango.uncontrolled_fetch("https://example.com")
    {}.get({"endpoint": "/a"})
