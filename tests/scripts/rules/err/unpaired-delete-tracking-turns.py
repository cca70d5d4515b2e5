# acme/syncs/both.py
from models import NangoSync, Team, User


def fetch_data(nango: NangoSync) -> None:
    nango.track_deletes_start("User")
    for page in nango.paginate(1):
        nango.batch_save(page, "User")
        nango.track_deletes_end("User")  # !
    for folder in ["a", "b"]:
        nango.track_deletes_start(Team)  # !
        nango.batch_save(nango.get(folder).data, Team)
    nango.track_deletes_end(Team)
