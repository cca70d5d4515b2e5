from models import NangoSync


def fetch_data(nango: NangoSync) -> None:
    nango.get({"endpoint": "/echo"})
    nango.get({"endpoint": "echo/without-a-slash"})
    nango.proxy({"endpoint": "/echo/proxy"})
    nango.proxy({"method": "GET", "endpoint": "/echo/proxy/get"})
    params = {"text": "two words", "symbols": "a+b&c=d/é?~*'()!", "number": 7, "list": ["a", "b"], "empty": ""}
    nango.get({"endpoint": "/echo/params", "params": params})
    nango.get({"endpoint": "/echo/booleans", "params": {"yes": True, "no": False, "half": 0.5}})
    nango.get({"endpoint": "/echo/text", "params": "?state=all&sort=updated%20at"})
    nango.get({"endpoint": "/echo/text", "params": "state=all"})
    nango.get({"endpoint": "/echo/query?state=open", "params": {"page": "2"}})
    nango.get({"endpoint": "/echo/query?state=open&page=1", "params": {"page": "2"}})
    nango.get({"endpoint": "/echo/query?state=open"})
    nango.get({"endpoint": "/echo/a%20path/with%2Fslash"})
    headers = {"X-Custom": "one", "accept": "application/vnd.api+json", "User-Agent": "mine/1"}
    nango.get({"endpoint": "/echo/headers", "headers": headers})
    nango.get({"endpoint": "/echo/retries", "retries": 3})
    nango.get({"endpoint": "/echo/retry-on", "retries": 2, "retry_on": [404, 409]})
    nango.get({"endpoint": "/echo/no-retries", "retries": 0})
    nango.get({"endpoint": "/echo/decompress", "decompress": True})
    me = nango.get({"endpoint": "/echo/me"})
    nango.get({"endpoint": "/echo/elsewhere", "base_url_override": f"http://{me.data['headers']['host']}"})
