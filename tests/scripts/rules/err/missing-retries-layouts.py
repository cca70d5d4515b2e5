# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration


def fetch_data(nango: NangoSync) -> None:
    nango.get(ProxyConfiguration())  # !
    nango.get(ProxyConfiguration("/é", ))  # !
    nango.get(ProxyConfiguration(  # !
        "/b",  # its documentation
        params={"a": (1)},  # why
        # and more
    ))
    nango.get(ProxyConfiguration(  # !
        "/c"  # without a comma
    ))
    nango.get(ProxyConfiguration("/d", params={  # !
        "a": 1,
    }))
    nango.get(ProxyConfiguration("/e",  # !
                                 params={}))
    nango.get(ProxyConfiguration("/f",  # !
    ))
    nango.get({'endpoint': '/g'})  # !
    nango.get({  # !
        "endpoint": "/h",
        "params": {},
    })
    nango.get(ProxyConfiguration("/i", "POST"))  # !
    nango.paginate(ProxyConfiguration("/j", method="POST"))  # !
    nango.proxy(ProxyConfiguration("/k", method="GET"))  # !
    nango.post(ProxyConfiguration("/l"))  # !
    elsewhere(ProxyConfiguration("/m"))  # !
    both = ProxyConfiguration("/n")  # !
    nango.get(both), nango.delete(both)
