from datetime import UTC, datetime, timedelta

from models import NangoSync, ProxyConfiguration, StripeMetadata

from ..mappers.to_payment import to_payment
from ..types import StripeChargesResponse


def fetch_data(nango: NangoSync) -> None:
    # The metadata says which payments are wanted: without `to_date` all until now
    metadata = nango.get_metadata(StripeMetadata)
    now = datetime.now(UTC).replace(microsecond=0)
    until = min(in_utc(metadata.to_date), now) if metadata.to_date else now

    # The checkpoint says what comes next; in the middle of a window also where that ends, and the last charge saved
    checkpoint = nango.get_checkpoint() or {"start": metadata.from_date}
    start = in_utc(str(checkpoint["start"]))
    if "after" in checkpoint:
        end = in_utc(str(checkpoint["end"]))
        fetch_window(nango, start, end, str(checkpoint["after"]))
        start = end

    # A window is a month, or what there is of it: the next run goes on where the last window of this one ends
    while start < until:
        end = min(next_month(start), until)
        fetch_window(nango, start, end)
        start = end


def fetch_window(nango: NangoSync, start: datetime, end: datetime, after: str | None = None) -> None:
    """Save the charges from `start` until just before `end`, the newest first, or those that follow a charge."""
    nango.log(f"charges from {start.isoformat()} until {end.isoformat()}")
    window = {"created[gte]": int(start.timestamp()), "created[lt]": int(end.timestamp())}
    while True:
        config = ProxyConfiguration(
            # https://docs.stripe.com/api/charges/list
            endpoint="/v1/charges",
            params={**window, "limit": 100, "starting_after": after},
            retries=10,
        )
        charges: StripeChargesResponse = nango.get(config).data
        nango.batch_save([to_payment(each) for each in charges["data"]])
        if not charges["has_more"]:
            break
        after = charges["data"][-1]["id"]
        nango.save_checkpoint({"start": start.isoformat(), "end": end.isoformat(), "after": after})
    nango.save_checkpoint({"start": end.isoformat()})


def in_utc(text: str) -> datetime:
    """A date, or a moment with an offset; without one it is meant in UTC."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def next_month(moment: datetime) -> datetime:
    first = moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (first + timedelta(days=31)).replace(day=1)
