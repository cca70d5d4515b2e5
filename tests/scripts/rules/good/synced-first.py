# acme/actions/list_issues.py
from collections.abc import Iterator

from models import Found, NangoAction, ProxyConfiguration, Query


def run_action(nango: NangoAction, input: Query) -> Found:
    """Prefer what a sync has saved already."""
    titles = [*saved(nango, input.text)] or asked(nango, input.text)
    if not titles:
        raise nango.ActionError({"message": f"nothing is called {input.text!r}"})
    return Found(issues=titles)


def saved(nango: NangoAction, text: str) -> Iterator[str]:
    for record in nango.list_records("Issue"):
        if text in record["title"]:
            yield record["title"]


def asked(nango: NangoAction, text: str) -> list[str]:
    config = ProxyConfiguration(
        # https://docs.acme.com/reference#search
        endpoint="/search",
        params={"q": text},
        retries=3,
    )
    for page in nango.paginate(config):
        if matching := [each["title"] for each in page if text in each["title"]]:
            return matching
    return []
