# acme/syncs/issues.py
def fetch_data(nango):
    nango.track_deletes_start()
    try:
        nango.batch_save(nango.get(1).data)
        nango.track_deletes_end()
    except Exception as error:
        nango.log(str(error))
