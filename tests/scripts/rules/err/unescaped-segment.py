# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction, input: NewIssue) -> Created:
    nango.get(ProxyConfiguration(endpoint=f"/é/{input.owner}/issues"))  # !
    nango.get({"endpoint": f"/a/{input['title']}"})  # !
    nango.get(ProxyConfiguration(
        endpoint=f"/a/"
        f"{input.owner}"  # !
    ))
