# acme/syncs/both.py
from models import Team, User


def fetch_data(nango):
    nango.track_deletes_start(User)
    nango.batch_save([], User)
    nango.track_deletes_start("Team")
    nango.track_deletes_end("User")
    nango.batch_save([], Team)
    finish(nango)


def finish(nango):
    nango.track_deletes_end(Team)
