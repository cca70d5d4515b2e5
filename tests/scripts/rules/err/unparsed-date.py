# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction, input: NewIssue) -> Created:
    nango.post(ProxyConfiguration("/a", data={"title": input.title, "due": input.due_date}))  # !
    nango.get({"endpoint": "/a", "params": {"due": input.due_date}})  # !
