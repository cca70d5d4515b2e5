# acme/mappers/to_issue.py
def to_issue(response, seen, /, *, names):
    response["id"] = str(response["id"])  # !
    response.owner.name = "a"  # !
    del response["é"], names["b"]  # !
    seen.append(response)  # !
    names["a"] += 1  # !
    return response


def other(rows):
    def inner(row):
        rows.sort()  # !
        row["a"] = 1  # !
