# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction) -> dict[str, list[Created]]:
    def inner():
        return [1]
    return {"created": inner()}


def helper() -> list[int]:
    return [1]
