from models import HubspotOwner

from ..types import HubspotOwnerResponse


def to_hubspot_owner(response: HubspotOwnerResponse) -> HubspotOwner:
    return HubspotOwner(
        id=response["id"],
        name=" ".join(filter(None, (response["firstName"], response["lastName"]))) or None,
        email=response["email"] or None,
        teams=[team["name"] for team in response.get("teams", [])],
        updated_at=response["updatedAt"],
    )
