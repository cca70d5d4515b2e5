# acme/syncs/issues.py
from models import Issue, NangoSync


def fetch_data(nango: NangoSync) -> None:
    nango.get(dict(endpoint="/a"))  # !
    nango.post(dict(endpoint="/b", retries=1))  # !
