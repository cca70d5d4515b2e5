# acme/syncs/issues.py
from models import Issue, NangoSync
from models import ProxyConfiguration as Request


def fetch_data(nango: NangoSync) -> None:
    nango.get(Request("/a"))
    nango.get({"endpoint": "/a"})  # !
