# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue


def run_action(nango: NangoAction, input: NewIssue) -> Created:
    if input.title:
        raise ValueError(  # !
            "é"
            f" {input.title}",
        ) from None
    if input.owner:
        raise ValueError("a", "b")  # !
    if not input:
        raise RuntimeError(input)  # !
    nowhere()


def nowhere():
    raise Exception("without")  # !
