# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction) -> Created:
    nango.batch_save([1], "Issue")  # !
    helper(nango)


def helper(client):
    client.track_deletes_start("Issue")  # !
