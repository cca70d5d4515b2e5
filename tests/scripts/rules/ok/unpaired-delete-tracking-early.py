# acme/syncs/issues.py
def fetch_data(nango):
    nango.track_deletes_start()
    issues = nango.get(1).data
    if not issues:
        nango.track_deletes_end()
        return
    nango.batch_save(issues)
    nango.track_deletes_end()
