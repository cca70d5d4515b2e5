# acme/syncs/issues.py
from .shared import close


def fetch_data(nango):
    nango.track_deletes_start()
    nango.batch_save([1])
    close(nango)
