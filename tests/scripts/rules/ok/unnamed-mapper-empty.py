# acme/mappers/__init__.py
NAMES = {}
