# acme/syncs/issues.py
from contextlib import suppress


def fetch_data(nango):
    nango.track_deletes_start()
    try:
        save(nango)
    except Exception as error:  # !
        message = str(error)
        nango.log(message)
    with suppress(ValueError):  # !
        save(nango)
    nango.track_deletes_end()


def save(nango):
    nango.batch_save(nango.get(1).data)
