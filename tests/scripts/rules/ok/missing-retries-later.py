# acme/actions/create_issue.py
from dataclasses import replace

from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction) -> Created:
    config = ProxyConfiguration(endpoint="/issues")
    return Created(id=nango.get(replace(config, retries=3)).data["id"])
