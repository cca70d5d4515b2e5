# acme/syncs/issues.py

def fetch_data(nango):
    try:  # !
        save(nango)
    except Exception as error:
        message = str(error)
        nango.log(message)


def save(nango):
    nango.batch_save(nango.get(1).data)
