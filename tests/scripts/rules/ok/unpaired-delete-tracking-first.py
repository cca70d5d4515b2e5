# acme/syncs/issues.py
def fetch_data(nango):
    for page in nango.paginate(1):
        nango.track_deletes_start()
        nango.batch_save(page)
        nango.track_deletes_end()
        break
