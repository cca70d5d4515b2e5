# acme/syncs/issues.py
import models


def fetch_data(nango: models.NangoSync) -> None:
    nango.get({"endpoint": "/a"})  # !
