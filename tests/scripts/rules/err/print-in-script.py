# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction) -> Created:
    print("here")  # !
    if input: print(1, 2, sep="é", flush=True)  # !
    return helper()


def helper():
    print()  # !
