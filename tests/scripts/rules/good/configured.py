# acme/syncs/both.py
from models import NangoSync, ProxyConfiguration, Team, User


def fetch_data(nango: NangoSync) -> None:
    nango.set_merging_strategy("ignore_if_modified_after", User)
    for model, path in ((User, "/users"), (Team, "/teams")):
        nango.track_deletes_start(model)
        config = ProxyConfiguration(
            # https://docs.acme.com/reference#query
            endpoint=path,
            params={"q": f"SELECT id FROM {model.__name__}"},
            retries=10,
        )
        ids = set()
        for page in nango.paginate(config):
            records = [model(id=each["id"]) for each in page if each["id"] not in ids]
            ids.update(each["id"] for each in page)
            nango.batch_save(records, model)
        nango.track_deletes_end(model)
