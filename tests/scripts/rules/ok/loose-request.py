# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync, settings) -> None:
    nango.get(ProxyConfiguration(endpoint="/a"))
    nango.get(settings)
    nango.get(config())
    request = {"endpoint": "/a"}
    request = {"endpoint": "/b"}
    nango.get(request)
    nango.set_metadata({"endpoint": "/a"})
    other({"nango": 1})


def config():
    return {"endpoint": "/a"}


def other(nango):
    nango.get({"endpoint": "/a"})


def _cached(nango, key):
    def inner(nango):
        return nango.get({"key": key})

    return inner
