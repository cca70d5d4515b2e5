# acme/syncs/issues.py
from models import Issue


class AcmeIssue: ...


def fetch_data(nango):
    class Issue: ...
