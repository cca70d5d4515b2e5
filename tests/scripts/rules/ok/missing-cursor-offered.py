# acme/actions/browse_issues.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction, input):
    issues = []
    for page in nango.paginate(ProxyConfiguration(endpoint="/issues")):
        issues += page
    return {"issues": issues}
