from models import HttpError, NangoSync


def fetch_data(nango: NangoSync) -> None:
    for status in (404, 500, 401, 429):
        try:
            nango.get({"endpoint": f"/status/{status}"})
        except HttpError:
            nango.get({"endpoint": "/echo/after", "params": {"status": str(status)}})
    nango.post({"endpoint": "/status/409", "retries": 2})
    nango.get({"endpoint": "/echo/never"})
