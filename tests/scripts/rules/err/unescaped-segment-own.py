# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration

quote = str


def run_action(nango: NangoAction, input: NewIssue) -> Created:
    nango.get(ProxyConfiguration(endpoint=f"/a/{input.owner}"))  # !
