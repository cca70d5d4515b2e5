from models import NangoAction, Order

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
XML = {"Content-Type": "application/xml"}


def run_action(nango: NangoAction, input: Order) -> Order:
    nango.post({"endpoint": "/echo/json", "data": input})
    nested = {"a": {"b": [1, None, "é"]}, "empty": {}, "half": 0.5, "big": 12345678901}
    nango.post({"endpoint": "/echo/nested", "data": nested})
    nango.post({"endpoint": "/echo/list", "data": [1, 2, {"three": 3}]})
    nango.post({"endpoint": "/echo/text", "data": "plain text with é"})
    nango.post({"endpoint": "/echo/form-text", "headers": FORM, "data": "a=1&b=two+words"})
    nango.post({"endpoint": "/echo/form-object", "headers": FORM, "data": {"a": 1, "b": "two words", "c": True}})
    nango.post({"endpoint": "/echo/xml", "headers": XML, "data": "<order/>"})
    nango.post({"endpoint": "/echo/nothing"})
    nango.post({"endpoint": "/echo/both", "params": {"notify": "yes"}, "data": {"a": 1}, "retries": 1})
    nango.put({"endpoint": "/echo/put", "data": {"title": input.title}})
    nango.put({"endpoint": "/echo/put-nothing"})
    nango.patch({"endpoint": "/echo/patch", "data": {"title": None}})
    nango.delete({"endpoint": "/echo/delete"})
    nango.delete({"endpoint": "/echo/delete-params", "params": {"force": "true"}})
    nango.delete({"endpoint": "/echo/delete-body", "data": {"ids": [1, 2]}})
    nango.proxy({"method": "POST", "endpoint": "/echo/proxy", "data": {"a": 1}})
    nango.get({"endpoint": "/echo/get-with-data", "data": {"a": 1}})
    return input
