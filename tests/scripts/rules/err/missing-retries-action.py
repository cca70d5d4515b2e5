# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction, input: NewIssue) -> Created:
    response = nango.post(ProxyConfiguration("/issues", data={"title": input.title}))  # !
    return Created(id=response.data["id"])
