# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    metadata = nango.get_metadata()
    nango.get(ProxyConfiguration(endpoint=f"/{metadata['owner']}/issues"))  # !


def on_webhook_payload_received(nango, payload):
    settings = nango.get_metadata(Settings)
    nango.get(ProxyConfiguration(endpoint=f"/{settings.owner}"))  # !
