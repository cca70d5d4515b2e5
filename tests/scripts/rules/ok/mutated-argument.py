# acme/mappers/to_issue.py
def to_issue(response, seen=None, names=None, client=None):
    response = dict(response)
    response["id"] = 1
    seen = seen or []
    seen.append(response)
    ids = names.setdefault("a", [])
    client.update(response)
    found = []
    found.append(response.pop("a"))

    def inner(found):
        return found

    return {**response, "names": sorted(names)}


class Page:
    def __init__(self, rows):
        self.rows = rows
        self.rows.append(1)
