# acme/syncs/issues.py
import time

from models import NangoSync, ProxyConfiguration


def fetch_data(nango: NangoSync) -> None:
    nango.track_deletes_start()
    # https://docs.acme.com/reference#start-export
    job = nango.post(ProxyConfiguration(endpoint="/exports", data={"kind": "issues"}, retries=10)).data
    state = "running"
    while state == "running":
        time.sleep(1)
        # https://docs.acme.com/reference#get-export
        answer = nango.get(ProxyConfiguration(endpoint=f"/exports/{job['id']}", params={"page": 1}, retries=10))
        state = answer.data["state"]
    if state == "failed":
        raise RuntimeError(f"the export failed: {answer.data}")
    for url in answer.data["files"]:
        rows = nango.uncontrolled_fetch(url).data
        try:
            titles = {row["id"]: row["title"].strip() for row in rows}
        except AttributeError:
            titles = {}
        nango.batch_save({"id": str(row["id"]), "title": titles.get(row["id"], "")} for row in rows)
    nango.track_deletes_end()


def on_webhook_payload_received(nango: NangoSync, payload: dict[str, str]) -> None:
    if payload["event"] == "deleted":
        nango.batch_delete([{"id": payload["id"]}])
        return
    nango.batch_save([{"id": payload["id"], "title": payload["title"]}])
