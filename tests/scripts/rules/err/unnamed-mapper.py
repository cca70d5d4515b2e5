# acme/mappers/to_issue.py
def _clean(text): ...


def map_issue(response):  # !
    return response
