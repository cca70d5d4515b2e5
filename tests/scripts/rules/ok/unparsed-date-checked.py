# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction, input: NewIssue) -> Created:
    if not DATE.match(input.due_date):
        raise nango.ActionError({"message": "no date"})
    nango.post(ProxyConfiguration("/a", data={"due": input.due_date}))
