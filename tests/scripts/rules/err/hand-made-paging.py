# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    page = 1
    while True:
        response = nango.get(ProxyConfiguration(endpoint="/issues", params={"page": page}))  # !
        if not response.data:
            break
        nango.batch_save(response.data)
        page += 1
    cursor = None
    while cursor is not None:
        config = {"endpoint": "/a", "params": {"limit": 1, "next_cursor": cursor or ""}}
        cursor = nango.get(config).data["next"]  # !
