# acme/syncs/issues.py
from models import *


def fetch_data(nango):
    nango.get({"endpoint": "/a"})  # !
