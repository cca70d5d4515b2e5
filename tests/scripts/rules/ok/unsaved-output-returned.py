# acme/syncs/issues.py
def fetch_data(nango):
    return nango.get(1).data
