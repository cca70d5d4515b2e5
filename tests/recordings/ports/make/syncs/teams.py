from typing import Any

from models import NangoSync, OffsetPagination, ProxyConfiguration, Team

AS_TEXT = ("id", "organizationId", "operationsLimit", "transferLimit", "consumedTransfer")
AS_IT_IS = ("name", "consumedOperations", "isPaused", "consumedCenticredits")


def fetch_data(nango: NangoSync) -> None:
    organizations = [each for page in nango.paginate(config("/organizations", "organizations")) for each in page]
    nango.track_deletes_start("Team")
    for organization in organizations:
        for teams in nango.paginate(config("/teams", "teams", organizationId=str(organization["id"]))):
            nango.batch_save([to_team(each) for each in teams])
    nango.track_deletes_end("Team")


def config(endpoint: str, items: str, **params: str) -> ProxyConfiguration:
    return ProxyConfiguration(
        endpoint=endpoint,
        params=params,
        paginate=OffsetPagination(
            offset_name_in_request="pg[offset]",
            offset_calculation_method="by-response-size",
            response_path=items,
            limit=100,
            limit_name_in_request="pg[limit]",
        ),
        retries=3,
    )


def to_team(team: dict[str, Any]) -> Team:
    text = {name: str(team[name]) for name in AS_TEXT if team.get(name) is not None}
    return Team(**text, **{name: team[name] for name in AS_IT_IS if team.get(name) is not None})
