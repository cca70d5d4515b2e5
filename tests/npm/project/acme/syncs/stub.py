from models import NangoSync, Stub


def fetch_data(nango: NangoSync) -> None:
    nango.set_merging_strategy("ignore_if_modified_after", Stub)
    metadata = nango.get_metadata()
    since = nango.last_sync_date.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    nango.get({"endpoint": "/echo/stub", "params": {"team": metadata["team"], "since": since}})
    nango.get_records_by_ids(["1"], Stub)
    nango.batch_save([Stub(id="1"), Stub(id="2")])
    nango.batch_update([Stub(id="1")])
    nango.batch_delete([Stub(id="2")])
    nango.start_sync("acme", ["reads"])
    nango.log("nothing was sent since")
    nango.get({"endpoint": "/echo/end"})
