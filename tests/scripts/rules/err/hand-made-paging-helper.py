# acme/syncs/issues.py
def fetch_data(nango):
    page = 1
    while page:
        read(nango, page)
        page = nango.get({"endpoint": "/a", "params": {"page": page}}).data  # !


def read(nango, page):
    nango.log(page)
