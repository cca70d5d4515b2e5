# acme/syncs/issues.py
import requests


def fetch_data(nango, name="a"):
    one = f"sk-proj-Ab1Ab1Ab1Ab1Ab1Ab1Ab1Ab1-{name}"  # !
    two = b"glpat-a1B2ca1B2ca1B2ca1B2c"  # !
    three = "https://robot:s3cr3tw0rd@host.acme.com/a"  # !
    return one, two, three
