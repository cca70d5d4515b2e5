"""What HubSpot's API answers, as far as the scripts read it."""

from typing import NotRequired, TypedDict


class HubspotTeam(TypedDict):
    name: str


class HubspotOwnerResponse(TypedDict):
    id: str
    email: str | None
    firstName: str | None
    lastName: str | None
    updatedAt: str
    teams: NotRequired[list[HubspotTeam]]
