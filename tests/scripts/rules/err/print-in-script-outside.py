# acme/syncs/issues.py
from models import NangoSync


@decorated(print("a"))  # !
def fetch_data(nango: NangoSync) -> print("b"):  # !
    (lambda: print("c"))()  # !
