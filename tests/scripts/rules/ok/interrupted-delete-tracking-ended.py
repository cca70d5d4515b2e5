# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    nango.track_deletes_start()
    if not nango.get(1).data:
        nango.track_deletes_end()
        return
    nango.batch_save([1])
    nango.track_deletes_end()


def noted(nango: NangoSync) -> None:
    nango.track_deletes_start()
    failed = False
    try:
        nango.batch_save(nango.get(1).data)
    except HttpError:
        failed = True
    if not failed:
        nango.track_deletes_end()


def on_webhook_payload_received(nango, payload):
    nango.track_deletes_start()
    done = False
    try:
        nango.batch_save([payload])
        done = True
    finally:
        if done:
            nango.track_deletes_end()
