# acme/syncs/issues.py
from .keeping import keep


def fetch_data(nango):
    page = 1
    while page:
        nango.get({"endpoint": "/a", "params": {"page": page}})
        page += 1
        note(nango, page)
    while page:
        nango.get({"endpoint": "/a", "params": {"page": page}})
        page += 1
        keep(nango, page)


def note(nango, page):
    save(nango, {"page": page})


def save(nango, checkpoint):
    nango.save_checkpoint(checkpoint)
