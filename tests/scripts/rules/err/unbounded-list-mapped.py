# acme/syncs/issues.py
from models import Issue, NangoSync


def fetch_data(nango: NangoSync) -> None:
    found = []
    for page in nango.paginate(1):
        found.extend(page)  # !
    nango.batch_save([Issue(**each) for each in found])
    others = []
    for page in nango.paginate(1):
        others.extend(page)  # !
    issues = [Issue(**each) for each in others]
    nango.batch_save(issues)
