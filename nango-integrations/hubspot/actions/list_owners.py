from itertools import islice

from models import HubspotOwner, NangoAction, OwnersPage, OwnersQuery, ProxyConfiguration

from ..mappers.to_hubspot_owner import to_hubspot_owner

LIMIT = 100


def run_action(nango: NangoAction, input: OwnersQuery) -> OwnersPage:
    limit = LIMIT if input.limit is None else int(input.limit)
    if not 1 <= limit <= LIMIT:
        raise nango.ActionError({"message": f"`limit` must be from 1 to {LIMIT}, not {input.limit}"})

    # A cursor leads on to where it came from: pages of records and pages of HubSpot's do not fit together
    source, _, cursor = (input.cursor or "").partition(":")
    if source not in ("", "records", "hubspot"):
        raise nango.ActionError({"message": "`cursor` must be the `next_cursor` of an earlier page"})
    if source != "hubspot":
        page = from_records(nango, cursor or None, limit)
        if page.owners or source == "records":
            return page

    # Nothing is synced yet
    return from_hubspot(nango, cursor or None, limit)


def from_records(nango: NangoAction, cursor: str | None, limit: int) -> OwnersPage:
    """What the sync `owners` has saved."""
    stored = (each for each in nango.list_records(HubspotOwner, cursor) if not each["_nango_metadata"]["deleted_at"])
    records = list(islice(stored, limit + 1))  # one more, to know whether there is another page
    fields = [{name: value for name, value in each.items() if name != "_nango_metadata"} for each in records[:limit]]
    more = len(records) > limit
    return OwnersPage(
        owners=[HubspotOwner(**each) for each in fields],
        next_cursor=f"records:{records[limit - 1]['_nango_metadata']['cursor']}" if more else None,
    )


def from_hubspot(nango: NangoAction, cursor: str | None, limit: int) -> OwnersPage:
    config = ProxyConfiguration(
        # https://developers.hubspot.com/docs/api-reference/crm-owners-v3/owners/get-crm-v3-owners-
        endpoint="/crm/v3/owners",
        params={"limit": limit, "after": cursor} if cursor else {"limit": limit},
        retries=3,
    )
    response = nango.get(config)

    after = response.data.get("paging", {}).get("next", {}).get("after")
    return OwnersPage(
        owners=[to_hubspot_owner(each) for each in response.data["results"]],
        next_cursor=f"hubspot:{after}" if after else None,
    )
