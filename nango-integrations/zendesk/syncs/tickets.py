from datetime import UTC, datetime, timedelta

from models import NangoSync, ProxyConfiguration, ZendeskMetadata

from ..mappers.to_ticket import to_ticket
from ..types import ZendeskTicketResponse, ZendeskTicketsResponse

MOST_HOURS = 24  # that a run may take
BUFFER = timedelta(minutes=30)  # for the page that is under way, and its retries


def fetch_data(nango: NangoSync) -> None:
    metadata = nango.get_metadata(ZendeskMetadata)
    hours = MOST_HOURS if metadata.max_hours is None else metadata.max_hours
    stop_at = datetime.now(UTC) + timedelta(hours=hours) - BUFFER

    # Tickets come in the order of their changes. An earlier run has come up to its cursor, whether it was stopped,
    # had no time left or saw the end: what has changed since then comes behind it
    position = nango.get_checkpoint() or {"start_time": int(in_utc(metadata.from_date).timestamp())}
    while True:
        config = ProxyConfiguration(
            # https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/
            endpoint="/api/v2/incremental/tickets/cursor.json",
            params={**position, "per_page": 1000},
            retries=10,
        )
        page: ZendeskTicketsResponse = nango.get(config).data
        save(nango, page["tickets"])
        if page["after_cursor"] is None:
            return  # nothing has changed since `from_date`
        position = {"cursor": page["after_cursor"]}
        nango.save_checkpoint(position)
        if page["end_of_stream"]:
            return
        if datetime.now(UTC) >= stop_at:
            nango.log("no time is left: the next run goes on from here")
            return


def save(nango: NangoSync, tickets: list[ZendeskTicketResponse]) -> None:
    """Save the last version of each ticket; one that was deleted comes once more, with that status."""
    latest = {each["id"]: each for each in tickets}.values()
    nango.batch_save([to_ticket(each) for each in latest if each["status"] != "deleted"])
    nango.batch_delete([{"id": each["id"]} for each in latest if each["status"] == "deleted"])


def in_utc(text: str) -> datetime:
    """A date, or a moment with an offset; without one it is meant in UTC."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
