# acme/syncs/both.py
from models import NangoSync, Team, User
from models import Issue as Team2


def fetch_data(nango: NangoSync, model: str) -> None:
    nango.batch_save([], "User")
    nango.batch_save([], Team)
    nango.batch_save([], model)
    nango.batch_save([], Team2)
    nango.batch_save(*[[], "Other"])
    nango.list_records("Issue")
    nango.get_records_by_ids([], "Issue")
    for Issue in (User, Team):
        nango.batch_save([], Issue)
