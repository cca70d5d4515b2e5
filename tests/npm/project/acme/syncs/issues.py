from models import NangoSync


def fetch_data(nango: NangoSync) -> None:
    for page in nango.paginate({"endpoint": "/link", "params": {"state": "all"}, "retries": 10}):
        nango.log(len(page))
    for page in nango.paginate({"endpoint": "/link", "paginate": {"limit": 20}}):
        nango.log(len(page))
