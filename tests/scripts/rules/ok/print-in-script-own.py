# acme/syncs/issues.py
from rich import print


def fetch_data(nango):
    print("here")
