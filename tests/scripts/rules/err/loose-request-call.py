# acme/syncs/issues.py
from models import Issue, NangoSync


def fetch_data(nango: NangoSync, some: dict = {}) -> None:
    nango.get(dict(endpoint="/a"))  # !
    config = dict(  # !
        endpoint="/é",
        retries=10,
    )
    nango.get(config)
    nango.get(dict({"endpoint": "/b"}))  # !
    nango.get(dict(endpoint="/c", **some))  # !
    nango.get(dict(endpiont="/d"))  # !
