from models import Labels, ListLabels, NangoAction, ProxyConfiguration


def run_action(nango: NangoAction, input: ListLabels) -> Labels:
    config = ProxyConfiguration(endpoint="/api/v1/labels", params=input.model_dump(exclude_none=True), retries=3)
    page = nango.get(config).data
    cursor = page["next_cursor"]
    return Labels(results=page["results"], **({"next_cursor": cursor} if cursor is not None else {}))
