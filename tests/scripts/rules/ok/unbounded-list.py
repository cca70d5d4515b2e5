# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    batch = []
    for page in nango.paginate(1):
        for each in page:
            batch.append(each)
            if len(batch) == 100:
                nango.batch_save(batch)
                batch = []
    nango.batch_save(batch)
    rest = []
    for page in nango.paginate(1):
        rest.extend(page)
        rest.clear()
    nango.batch_save(rest)
    some = []
    for page in nango.paginate(1):
        some += page
        flush(nango, some)
    nango.batch_save(some)
    ids = []
    for page in nango.paginate(1):
        issues = []
        issues.extend(page)
        ids += [each["id"] for each in page]
        nango.batch_save(issues)
    for each in ids:
        nango.batch_save([nango.get(each).data])
    nango.batch_save(each for page in nango.paginate(1) for each in page)
    total = 0
    for page in nango.paginate(1):
        total += len(page)
    names = list(page[0]["name"] for page in nango.paginate(1))
    nango.log(len(names), len(list(page)), [*page], *nango.paginate(1))


def teams(nango: NangoSync):
    found = []
    for page in nango.paginate(1):
        found += page
    return found
