# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration



def run_action(nango: NangoAction, input: NewIssue) -> Created:
    if not input.title:
        raise Exception("the title is missing")  # !
    try:
        number = int(input.title)
    except TypeError as error:
        raise ValueError(f"é: {number}") from error  # !
    raise RuntimeError("never")  # !
