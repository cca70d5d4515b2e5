# acme/actions/create_issue.py
from urllib.parse import quote

from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction, input: NewIssue) -> Created:
    nango.get(ProxyConfiguration(endpoint=f"/{quote(input.owner, safe='')}/{input.number}/{input.state}"))
    nango.get(ProxyConfiguration(endpoint=f"{input.owner}/a"))
    nango.get(ProxyConfiguration(endpoint=f"/a?b={input.owner}"))
    owner = quote(input.owner)
    nango.get(ProxyConfiguration(endpoint=f"/{owner}"))
    nango.get(ProxyConfiguration(endpoint="/" + owner + "/" + quote(input.title, safe="")))
    nango.get(ProxyConfiguration(endpoint=input.owner + "/a"))
    nango.get(ProxyConfiguration(endpoint="/a?b=" + input.owner))
    nango.get(ProxyConfiguration(endpoint="/a?b=%s" % input.owner))
    nango.get(ProxyConfiguration(endpoint="/{0.owner}/{{}}".format(input)))
    nango.get(ProxyConfiguration(endpoint="/%s/%%" % input.owner))
    nango.get(ProxyConfiguration(endpoint="/{}".format(*input.owner)))
    nango.get(ProxyConfiguration(endpoint="/%s/%s" % input.owner))
    nango.get(ProxyConfiguration(endpoint="/{}{}".format(input.number, input.state)))
    nango.get(ProxyConfiguration(endpoint="/a", params={"q": f"/{input.owner}"}))


def other(input):
    return ProxyConfiguration(endpoint=f"/{input.owner}")
