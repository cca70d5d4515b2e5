from models import NangoSync


def fetch_data(nango: NangoSync) -> None:
    nango.get({"endpoint": "/echo/inner"})
    nango.get_metadata()
