# acme/syncs/issues.py
def fetch_data(nango):
    try:  # !
        nango.batch_save(nango.get(1).data)
    except:
        nango.log("failed", level="error")
        return
