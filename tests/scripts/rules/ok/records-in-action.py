# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction) -> Created:
    for record in nango.list_records("Issue"):
        nango.log(record)
    store.batch_save([1])


def other(nango):
    nango.batch_save([1])
