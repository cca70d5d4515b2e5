# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync, path="/a") -> None:
    nango.get(ProxyConfiguration(
        # https://docs.acme.com/issues
        # the old one
        endpoint="/issues",
        retries=10,
    ))
    # https://docs.acme.com/users
    config = ProxyConfiguration(endpoint="/users", retries=10)
    nango.get(config)
    nango.get(ProxyConfiguration(endpoint="/teams"))  # https://docs.acme.com/teams
    nango.get(ProxyConfiguration(endpoint=path))
    nango.get(
        ProxyConfiguration(
            # TODO: link the documentation
            endpoint="/labels",
        )
    )
    labels(nango)


def labels(nango: NangoSync):
    """See https://docs.acme.com/labels."""
    nango.get(ProxyConfiguration(endpoint="/labels"))
