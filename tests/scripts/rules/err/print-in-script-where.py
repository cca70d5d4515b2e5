# acme/syncs/issues.py
from models import Issue, NangoSync


def fetch_data(nango: NangoSync) -> None:
    print(f"{nango.connection_id} é")  # !
    print(  # !
        "why",  # because
    )
    print(1, 2)  # !
    print("now", flush=True)  # !
    print(*[1])  # !
    print(each for each in [])  # !
    page(nango)
    handed(nango)
    shadowed(nango)
    imported(nango)


def page(client):
    def inner():
        print("inside")  # !

    def other(text=print("default")):  # !
        return text

    return inner, other


def handed(nango):
    return lambda nango: print("another")  # !


def shadowed(nango):
    nango = None
    print("reassigned")  # !


def imported(nango):
    import json as nango
    print("imported")  # !


def nowhere():
    print("without")  # !
