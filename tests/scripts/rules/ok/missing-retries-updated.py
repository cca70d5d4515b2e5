# acme/syncs/issues.py
def fetch_data(nango):
    config = {"endpoint": "/a"}
    config.update(retries=10)
    nango.get(config)
