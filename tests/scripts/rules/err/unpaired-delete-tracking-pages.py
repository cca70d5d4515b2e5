# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration


def fetch_data(nango: NangoSync) -> None:
    for page in nango.paginate(1):
        nango.track_deletes_start("Issue")  # !
        nango.batch_save(page, "Issue")
        nango.track_deletes_end("Issue")
        if len(page) < 100:
            break
