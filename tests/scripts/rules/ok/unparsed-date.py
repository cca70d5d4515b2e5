# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction, input: NewIssue) -> Created:
    due = datetime.fromisoformat(input.due_date)
    nango.post(ProxyConfiguration("/a", data={"updated": input.updated, "due": due.isoformat()}))
