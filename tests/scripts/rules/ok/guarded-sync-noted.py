# acme/syncs/issues.py
def fetch_data(nango):
    failures = []
    try:
        nango.batch_save(nango.get(1).data)
    except Exception as error:
        failures.append(error)
    if failures:
        raise failures[0]
