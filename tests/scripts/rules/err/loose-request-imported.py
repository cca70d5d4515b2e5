# acme/syncs/issues.py
from models import (
    Issue,
    NangoSync,  # what it is given
    User,
)


def fetch_data(nango: NangoSync) -> None:
    nango.get({  # !
        "endpoint" : "/a",  # its documentation
        'params': {"b": (1)}, "retries": 10
    })
    key = "endpoint"
    nango.get({key: "/a"})  # !
    nango.get({"endpoint": "/a", **{}})  # !
    nango.get({"endpoint": "/a", "endpoint": "/b"})  # !
    nango.get({"endpoint": "/a", "endpiont": 1})  # !
    nango.get({"params": {}})  # !
    nango.get({"endpoint":  # !
               "/a"})
    config = {"endpoint": "/a"}  # !
    config["params"] = {"b": 1}
    nango.get(config)
