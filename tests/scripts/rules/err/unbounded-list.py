# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    issues = []
    names: list[str] = []
    for page in nango.paginate(1):
        for each in page:
            issues.append(each)  # !
            issues.append(each)
        names += page  # !
    nango.batch_save(issues)
    nango.batch_save(names)
    every = [each for page in nango.paginate(1) for each in page]  # !
    nango.batch_save(every)
