# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    for page in nango.paginate(ProxyConfiguration(endpoint="/issues")):
        try:
            nango.batch_save(page)
        except Exception:
            nango.log("one page is lost")
    try:
        nango.get(1)
    except HttpError:
        pass
