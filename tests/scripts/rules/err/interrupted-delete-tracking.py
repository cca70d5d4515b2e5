# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    nango.track_deletes_start()
    folders = nango.get(1).data
    if not folders:
        return  # !
    for folder in folders:
        try:
            nango.batch_save(nango.get(folder).data)
        except HttpError:  # !
            nango.log("no access")
            continue
    nango.track_deletes_end()
