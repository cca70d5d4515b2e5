# acme/syncs/issues.py
def fetch_data(nango):
    raise ValueError("no folders are chosen")
