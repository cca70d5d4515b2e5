# acme/syncs/both.py
def fetch_data(nango):
    for model in ("User", "Team"):
        nango.track_deletes_start(model)
