# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction, input: NewIssue) -> Created:
    validate(input)
    nango.post(ProxyConfiguration("/a", data={"due": input.due_date}))
