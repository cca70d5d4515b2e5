# acme/syncs/issues.py
def fetch_data(nango):
    nango.batch_save(nango.get(1).data)
