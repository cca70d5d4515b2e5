# acme/syncs/changes.py
from .shared import changes


def fetch_data(nango):
    nango.batch_save(changes(nango))
