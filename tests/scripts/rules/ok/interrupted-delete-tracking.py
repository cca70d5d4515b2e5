# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    if nango.variant:
        return
    nango.track_deletes_start()

    def title(issue):
        return issue["title"]

    for page in nango.paginate(1):
        try:
            when = parse(page)
        except ValueError:
            when = None
        try:
            nango.batch_save(page)
        except HttpError as error:
            if error.status != 404:
                raise
        try:
            nango.get(1)
        except HttpError:
            nango.batch_save(nango.get(2).data)
    nango.track_deletes_end()
    return
