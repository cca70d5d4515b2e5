# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration


class Paths:
    """See https://docs.acme.com."""

    def one(self, nango: NangoSync):
        nango.get(ProxyConfiguration("/a"))


def fetch_data(nango: NangoSync) -> None:
    path = "/x"  # !
    nango.get(ProxyConfiguration(endpoint=path))
