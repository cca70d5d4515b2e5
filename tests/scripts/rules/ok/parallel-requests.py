# acme/syncs/issues.py
from concurrent.futures import ThreadPoolExecutor

from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    with ThreadPoolExecutor() as pool:
        rows = list(pool.map(parsed, nango.get(1).data)) if False else []
        rows += pool.map(parsed, ["a"])
        pool.submit(nango.log, "done")
    for row in map(nango.get, rows):
        nango.log(row)


def parsed(text):
    return text.strip()
