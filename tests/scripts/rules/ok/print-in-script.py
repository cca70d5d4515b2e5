# acme/actions/create_issue.py
import sys

from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction) -> Created:
    nango.log("here")
    print("here", file=sys.stderr)
    table.print("here")


if __name__ == "__main__":
    print(run_action(None))
