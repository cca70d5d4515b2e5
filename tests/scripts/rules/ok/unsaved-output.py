# acme/syncs/both.py
from models import Team, User


def fetch_data(nango):
    nango.batch_save([], User)
    teams(nango)


def teams(client):
    client.batch_update([], Team)
