# acme/syncs/issues.py
from dataclasses import replace

from models import Issue, NangoSync, ProxyConfiguration

from .sending import send


def fetch_data(nango: NangoSync) -> None:
    first = ProxyConfiguration("/a")  # !
    nango.get(first)
    nango.proxy(replace(first, method="POST"))
    second = ProxyConfiguration("/b")  # !
    nango.get(second)
    send(nango, second)
    third: ProxyConfiguration = ProxyConfiguration("/c")  # !
    nango.get(third)
