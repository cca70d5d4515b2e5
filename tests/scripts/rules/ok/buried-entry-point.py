# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



class Cursor: ...


def page_size(default=50):
    return default


SIZE = page_size()


def traced(function):
    return function


def shown(value: "Issue"): ...


@traced
def fetch_data(nango: NangoSync, size=SIZE, show=shown) -> None:
    nango.log(after())


def after(): ...
