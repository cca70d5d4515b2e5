# acme/actions/create_issue.py
from models import Created, NangoAction, NewIssue, ProxyConfiguration


def run_action(nango: NangoAction, input: NewIssue) -> Created:
    if not input.title:
        raise KeyError("title")  # !
    if not input.owner:
        raise ValueError  # !
    try:
        raise TypeError("no text")  # !
    except (KeyError, OSError):
        pass
    try:
        nango.get(1)
    except Exception as error:
        raise ConnectionError("no answer") from error  # !
    else:
        raise LookupError("an answer")  # !
    finally:
        raise ArithmeticError("no end")  # !
    try:
        check(input.title)
        raise ZeroDivisionError("by none")  # !
    except nango.ActionError:
        raise
    try:
        check(input.owner)
    except Exception as error:
        raise nango.ActionError({"message": str(error)}) from error


def check(text):
    if not text:
        raise ValueError("no text")  # !
