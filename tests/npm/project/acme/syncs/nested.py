from models import NangoSync


def fetch_data(nango: NangoSync) -> None:
    nango.get({"endpoint": "/echo/before"})
    nango.trigger_sync("acme", "demo", "inner", "full_refresh")
    nango.get({"endpoint": "/echo/after"})
