# acme/actions/create_issue.py
from datetime import datetime
from urllib.parse import quote

from models import Created, HttpError, NangoAction, NewIssue, ProxyConfiguration


def run_action(nango: NangoAction, input: NewIssue) -> Created:
    config = ProxyConfiguration(
        # https://docs.acme.com/reference#create-issue
        endpoint=f"/{quote(input.owner, safe='')}/issues/{input.number}",
        data={"title": input.title, "due": due(nango, input)},
        retries=3,
    )
    try:
        response = nango.post(config)
    except HttpError as error:
        if error.status == 422:
            raise nango.ActionError({"message": "the title is taken"}) from error
        raise
    nango.trigger_sync("acme", nango.connection_id, "issues")
    return Created(id=str(response.data["id"]))


def due(nango: NangoAction, input: NewIssue) -> str:
    try:
        return datetime.fromisoformat(input.due_date).date().isoformat()
    except ValueError as error:
        raise nango.ActionError({"message": "`due_date` is not a date"}) from error
