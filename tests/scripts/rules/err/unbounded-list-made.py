# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration


def fetch_data(nango: NangoSync) -> None:
    pages = nango.paginate(1)
    for page in list(pages):  # !
        nango.batch_save(page)
    for page in sorted(nango.paginate(1), key=len):  # !
        nango.batch_save(page)
    every = [*nango.paginate(1)]  # !
    more = *nango.paginate(1), []  # !
    nango.batch_save(sum([*every, *more], []))
