# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def headers(token):
    return {"X-Token": token}


def fetch_data(nango: NangoSync) -> None:  # !
    nango.log(headers("a"))
