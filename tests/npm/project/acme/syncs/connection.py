from models import NangoSync


def fetch_data(nango: NangoSync) -> None:
    nango.get_connection()
    nango.get_metadata()
    nango.set_metadata({"a": 1, "b": {"c": ["d"]}})
    nango.get_metadata()
    nango.get_connection()
    nango.update_metadata({"b": 2})
    nango.get_connection()
    nango.get_connection("github", "other")
    nango.get_connection("github", "other")
    nango.get_token()
    nango.get_environment_variables()
    nango.get_environment_variables()
    nango.get_integration()
    nango.get_integration(include=["credentials"])
    nango.get_integration()
    webhook = nango.get_webhook_url()
    headers = {"X-Custom": "one", "Content-Type": "application/json"}
    nango.uncontrolled_fetch(f"{webhook}?a=1", "POST", headers, '{"a": 1}')
    nango.uncontrolled_fetch(webhook)
    nango.get_records_by_ids(["1", "2", "no such"], "Answer")
    nango.get_records_by_ids([str(index) for index in range(101)], "Answer")
    nango.trigger_action("acme", "demo", "echo", {"a": [1]})
