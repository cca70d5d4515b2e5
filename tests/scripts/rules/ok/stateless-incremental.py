# acme/syncs/changes.py
def fetch_data(nango):
    since = nango.last_sync_date
    nango.batch_save(nango.get(since).data)
