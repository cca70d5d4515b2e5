# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration


def run_action(nango: NangoAction, input: NewIssue) -> Created:
    nango.get(ProxyConfiguration("/users", retries=10))  # !
    response = nango.post(ProxyConfiguration("/issues", data={"title": input.title}, retries=0))  # !
    return Created(id=response.data["id"])
