from models import Asked, NangoAction


def run_action(nango: NangoAction) -> Asked:
    nango.get_metadata()
    nango.get_connection()
    nango.update_metadata({"seen": True})
    nango.get_metadata()
    nango.get_environment_variables()
    nango.trigger_action("acme", "demo", "echo", {"a": 1})
    nango.trigger_action("github", "other", "echo")
    return Asked(ok=True)
