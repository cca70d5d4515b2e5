# acme/syncs/issues.py
from typing import TypedDict


class Issue(TypedDict):  # !
    id: str


def fetch_data(nango):
    nango.batch_save([])
