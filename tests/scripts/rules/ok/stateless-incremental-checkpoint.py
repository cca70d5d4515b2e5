# acme/syncs/changes.py
def fetch_data(nango):
    nango.batch_save(nango.get(start(nango)).data)


def other(nango):
    nango.get_metadata()


def start(client):
    return client.get_checkpoint()
