# acme/syncs/issues.py
import dataclasses

from models import Issue, NangoSync, ProxyConfiguration


def fetch_data(nango: NangoSync) -> None:
    config = ProxyConfiguration("/a?b=1")  # !
    nango.get(dataclasses.replace(config, params={"c": 1}))
