# acme/syncs/changes.py
from datetime import UTC, datetime, timedelta

from models import NangoSync, ProxyConfiguration

MOST = timedelta(hours=23, minutes=30)


def fetch_data(nango: NangoSync) -> None:
    begun = datetime.now(UTC)
    checkpoint = nango.get_checkpoint() or {}
    start = datetime.fromisoformat(checkpoint.get("start", "2020-01-01T00:00:00+00:00"))
    while start < begun:
        if datetime.now(UTC) - begun > MOST:
            nango.log("no time left: the next run goes on from here")
            return
        end = min(start + timedelta(days=30), begun)
        fetch_window(nango, start, end)
        nango.save_checkpoint({"start": end.isoformat()})
        start = end


def fetch_window(nango: NangoSync, start: datetime, end: datetime) -> None:
    config = ProxyConfiguration(
        # https://docs.acme.com/reference#changes
        endpoint="/changes",
        params={"after": start.isoformat(), "before": end.isoformat()},
        retries=10,
    )
    for page in nango.paginate(config):
        nango.batch_save([{"id": str(each["id"])} for each in page])
