# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    nango.get(ProxyConfiguration(endpoint="/issues", params="?state=all"))
    nango.get(ProxyConfiguration(endpoint=f"/{'?'.strip('?')}a"))
    nango.get(ProxyConfiguration(endpoint="/issues/" + str("?")))
    nango.get(ProxyConfiguration(endpoint="/issues/%s" % "?"))
    nango.get(ProxyConfiguration(endpoint="/issues/%s/?".strip("?")))
    nango.get(ProxyConfiguration(endpoint="/issues/{}".format("?")))
    nango.uncontrolled_fetch("https://example.com/?a=1")
