# acme/syncs/issues.py
def fetch_data(nango):
    if nango.last_sync_date:
        nango.track_deletes_start()
        nango.batch_save([1])
        nango.track_deletes_end()
    else:
        nango.track_deletes_start()
        nango.batch_save([2])
        nango.track_deletes_end()
