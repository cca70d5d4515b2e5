# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    config = ProxyConfiguration(
        endpoint="/issues",  # !
        retries=10,
    )
    # all of them, see above
    nango.get(config)
    nango.get(ProxyConfiguration(f"/teams/{1}", retries=10))  # !
    nango.get(ProxyConfiguration("/issues/" + str(1), retries=10))  # !
