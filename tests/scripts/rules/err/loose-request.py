# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    nango.get({"endpoint": "/a"})  # !
    config = {"endpoint": "/issues", "retries": 10}  # !
    for page in nango.paginate(config):
        nango.batch_save(page)
    one(nango)
    two(sdk=nango)


def one(client):
    client.proxy({"endpoint": "/b"})  # !


def two(sdk, *, nango=None):
    sdk.post({  # !
        "endpoint": "/c",
    })


def three(api: "NangoSync"):
    send = lambda: api.delete({"endpoint": "/d"})  # !
    return send
