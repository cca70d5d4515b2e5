# acme/actions/create_issue.py
from contextlib import suppress

from models import Created, NangoAction, NewIssue, ProxyConfiguration


class TimeoutError(Exception):
    pass


def run_action(nango: NangoAction, input: NewIssue) -> Created:
    try:
        check(input)
        raise KeyError("title")
    except (ValueError, LookupError) as error:
        raise nango.ActionError({"message": str(error)}) from error
    try:
        again(input)
    except:
        pass
    with suppress(ValueError):
        raise ValueError("nobody minds")
    try:
        raise ValueError("one of several")
    except SEVERAL:
        pass
    if not input.owner:
        raise TimeoutError("of the file's own")
    if not input.state:
        raise nango.ActionError({"message": "no state"})
    error = ValueError("some")
    raise error
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


def again(input):
    if input:
        again(input.next)
    deep(input)


def deep(input):
    raise Exception


def elsewhere():
    raise ValueError("whoever imports it may catch it")
