# acme/actions/list_issues.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction, input):
    issues = []
    for page in nango.paginate(ProxyConfiguration(endpoint="/issues")):  # !
        issues.extend(each["title"] for each in page)
    return {"issues": issues}
