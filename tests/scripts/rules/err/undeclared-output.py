# acme/syncs/issues.py
from models import Issue, NangoSync, User


def fetch_data(nango: NangoSync) -> None:
    nango.batch_save([], "Isue")  # !
    nango.batch_delete([], model=User)  # !
    nango.track_deletes_start(User)  # !
