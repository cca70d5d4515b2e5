# acme/syncs/both.py
from .shared import save


def fetch_data(nango):
    save(nango)
