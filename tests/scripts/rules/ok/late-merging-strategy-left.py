# acme/syncs/issues.py
def fetch_data(nango):
    if nango.last_sync_date:
        nango.batch_save(nango.get(1).data)
        return
    nango.set_merging_strategy("override")
    nango.batch_save(nango.get(2).data)
