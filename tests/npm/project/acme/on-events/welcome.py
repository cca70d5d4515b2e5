from models import NangoAction


def on_event(nango: NangoAction) -> None:
    nango.get_metadata()
    nango.post({"endpoint": "/echo/welcome", "data": {"hello": nango.connection_id}})
