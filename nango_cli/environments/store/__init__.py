"""The embedded store: everything that an environment without a server keeps, in one SQLite file.

Import `store.store` where a store is opened and not before: it loads SQLite and orjson.
"""

from __future__ import annotations

FOLDER = ".nango"
FILE = "store.sqlite"
"""Where a project keeps its store."""
