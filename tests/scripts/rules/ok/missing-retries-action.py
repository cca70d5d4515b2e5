# acme/actions/create_issue.py
from models import Created, NangoAction, ProxyConfiguration


def run_action(nango: NangoAction) -> Created:
    return Created(id=nango.get(ProxyConfiguration(endpoint="/issues", retries=3)).data["id"])
