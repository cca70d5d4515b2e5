# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync):
    issues = []
    for page in nango.paginate(1):
        issues.extend(page)  # !
    return issues
