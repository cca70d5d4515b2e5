# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration


def run_action(nango: NangoAction, input: NewIssue) -> Created:
    nango.get(ProxyConfiguration("/issues?a=" + input.title))  # !
    nango.get(ProxyConfiguration("/é/" + input.owner + "/issues?state=all"))  # !
    nango.get(ProxyConfiguration("/issues?title=%s" % input.title))  # !
    nango.get(ProxyConfiguration("/issues?title=%s&owner=%s" % (input.title, input.owner)))  # !
    nango.get(ProxyConfiguration("/{}/issues?title={}".format(input.owner, input.title)))  # !
    nango.get(ProxyConfiguration(input.owner + f"/issues?title={input.title}"))  # !
    nango.get(ProxyConfiguration("/issues" + "?"))  # !
    nango.get(dict(endpoint="/a?b=1"))  # !
    config = dict(endpoint="/a?b=1")  # !
    config["params"] = {"c": 1}
    nango.get(config)
