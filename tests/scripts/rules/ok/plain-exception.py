# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction, input: NewIssue) -> Created:
    try:
        check(input)
    except ValueError as error:
        raise nango.ActionError({"message": str(error)}) from error
    raise NotImplementedError("not yet")


@validator
def title(value):
    raise RuntimeError("no title")


class Title:
    def __init__(self):
        raise RuntimeError("no title")


def check(input):
    if not input.title:
        raise ValueError("no title")
    raise AssertionError
    raise Exception
