# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction):
    if nango.variant:
        return [each for each in nango.get(1).data]  # !
    def inner():
        return [1]
    return []  # !
