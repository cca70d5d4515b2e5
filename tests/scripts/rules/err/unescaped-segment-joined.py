# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration


def run_action(nango: NangoAction, input: NewIssue) -> Created:
    nango.get(ProxyConfiguration("/é/" + input.owner + "/issues"))  # !
    nango.get(ProxyConfiguration("/repos/{}/{}".format(input.owner, input["title"])))  # !
    nango.get(ProxyConfiguration("/repos/{owner}".format(owner=input.owner)))  # !
    nango.get(ProxyConfiguration("/repos/%s/issues" % input.owner))  # !
    nango.get(ProxyConfiguration("/repos/%s/%s" % (input.owner, input.number)))  # !
    nango.get(ProxyConfiguration("/repos" + f"/{input.owner}/" + input.owner))  # !
    nango.get(dict(endpoint="/repos/" + input.owner))  # !
