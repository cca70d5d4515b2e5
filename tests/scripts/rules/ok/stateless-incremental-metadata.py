# acme/syncs/changes.py
def fetch_data(nango):
    since = nango.get_metadata().get("since")
    nango.batch_save(nango.get(since).data)
    nango.update_metadata({"since": "now"})
