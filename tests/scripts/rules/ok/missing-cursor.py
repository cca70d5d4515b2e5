# acme/actions/list_issues.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction, input):
    for page in nango.paginate(ProxyConfiguration(endpoint="/issues")):
        for each in page:
            if each["title"] == input.text:
                return {"issues": [each]}
    seen = []
    for page in nango.paginate(ProxyConfiguration(endpoint="/issues")):
        seen += page
        if len(seen) > 100:
            break
    total = 0
    for page in nango.paginate(ProxyConfiguration(endpoint="/issues")):
        nango.log(len(page))
        total += len(page)
    return {"issues": seen, "total": total}
