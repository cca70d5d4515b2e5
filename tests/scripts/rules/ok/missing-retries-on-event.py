# acme/on-events/welcome.py
from models import NangoAction, ProxyConfiguration


def on_event(nango: NangoAction) -> None:
    nango.post(ProxyConfiguration(endpoint="/welcome"))
