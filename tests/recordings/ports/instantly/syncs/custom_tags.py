from typing import Any

from models import CursorPagination, CustomTag, NangoSync, ProxyConfiguration

FIELDS = ("id", "organization_id", "label", "color", "description", "timestamp_created", "timestamp_updated")


def fetch_data(nango: NangoSync) -> None:
    config = ProxyConfiguration(
        endpoint="/v2/custom-tags",
        paginate=CursorPagination(
            cursor_name_in_request="starting_after",
            cursor_path_in_response="next_starting_after",
            response_path="items",
            limit=100,
            limit_name_in_request="limit",
        ),
        retries=3,
    )
    nango.track_deletes_start("CustomTag")
    for items in nango.paginate(config):
        nango.batch_save([to_tag(each) for each in items])
    nango.track_deletes_end("CustomTag")


def to_tag(item: dict[str, Any]) -> CustomTag:
    return CustomTag(**{name: item[name] for name in FIELDS if item.get(name) is not None})
