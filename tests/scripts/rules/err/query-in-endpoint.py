# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    nango.get(ProxyConfiguration(endpoint="/issues?state=all"))  # !
    nango.get({"endpoint": f"/é/{1}?page={2}"})  # !
    nango.get(ProxyConfiguration("/a?b=?"))  # !
    nango.get(ProxyConfiguration("/a"  # !
                                 "?b=1"))
