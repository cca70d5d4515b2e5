# acme/syncs/issues.py
from models import Issue, NangoSync


def fetch_data(nango: NangoSync) -> None:
    nango.get({"endpoint": "/a"})  # !


def other(ProxyConfiguration): ...
