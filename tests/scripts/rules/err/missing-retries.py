# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    config = ProxyConfiguration(  # !
        endpoint="/issues",
        params={"state": "all"},
    )
    for page in nango.paginate(config):
        nango.batch_save(page)
    nango.get({"endpoint": "/é"}); nango.get({"endpoint": "/b"})  # !
