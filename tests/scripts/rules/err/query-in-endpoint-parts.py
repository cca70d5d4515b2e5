# acme/syncs/issues.py
import dataclasses

from models import Issue, NangoSync, ProxyConfiguration


def fetch_data(nango: NangoSync) -> None:
    owner = "é"
    nango.get(ProxyConfiguration(
        endpoint=f"/{owner}/issues?state=all&page=",  # !
        retries=10,
    ))
    nango.get({'endpoint': '/a?b=1', 'retries': 10})  # !
    nango.get(ProxyConfiguration("/a?b=c%20d+e&f=g,h"))  # !
    nango.get(ProxyConfiguration("/a?b=1&b=2"))  # !
    nango.get(ProxyConfiguration("/a?b"))  # !
    nango.get(ProxyConfiguration("/a?b=1", params={"c": 1}))  # !
    nango.get(ProxyConfiguration("/a?b=1", **{}))  # !
    nango.get(ProxyConfiguration("/a?b=1#c"))  # !
    nango.get(ProxyConfiguration(f"/a?b={owner}"))  # !
    nango.get(ProxyConfiguration("/a?b=\x31"))  # !
    later = {"endpoint": "/a?b=1"}  # !
    later["params"] = {"c": 1}
    nango.get(later)
