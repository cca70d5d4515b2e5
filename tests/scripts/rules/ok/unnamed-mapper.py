# acme/mappers/to_issue.py
def to_issue(response):
    return clean(response)


def clean(text): ...
