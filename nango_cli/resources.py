"""Files that travel with the package: diagnostics pages, templates, the help text."""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(__file__)

# In a wheel everything lies in `_data`; in a checkout these lie where people edit them.
_IN_CHECKOUT = {
    "diagnostics": os.path.join(_PACKAGE, os.pardir, "docs", "diagnostics"),
    "templates": os.path.join(_PACKAGE, os.pardir, "templates"),
    "help.txt": os.path.join(_PACKAGE, "cli", "help.txt"),
}


def read_text(name: str) -> str:
    """The text of a resource, such as `diagnostics/NG101.md`; FileNotFoundError when there is none."""
    first, _, rest = name.partition("/")
    for folder in (os.path.join(_PACKAGE, "_data", first), _IN_CHECKOUT[first]):
        path = os.path.join(folder, rest) if rest else folder
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                return file.read()
    raise FileNotFoundError(name)
