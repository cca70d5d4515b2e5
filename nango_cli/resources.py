"""Files that travel with the package: diagnostics pages, templates, the help text."""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(__file__)  # noqa: PTH120 - importing pathlib takes longer than `nango --help`

# In a wheel everything lies in `_data`; in a checkout these lie where people edit them.
_IN_CHECKOUT = {
    "diagnostics": os.path.join(_PACKAGE, os.pardir, "docs", "diagnostics"),  # noqa: PTH118
    "templates": os.path.join(_PACKAGE, os.pardir, "templates"),  # noqa: PTH118
    "help.txt": os.path.join(_PACKAGE, "cli", "help.txt"),  # noqa: PTH118
}


def read_text(name: str) -> str:
    """The text of a resource, such as `diagnostics/NG101.md`; FileNotFoundError when there is none."""
    first, _, rest = name.partition("/")
    for folder in (os.path.join(_PACKAGE, "_data", first), _IN_CHECKOUT[first]):  # noqa: PTH118
        path = os.path.join(folder, rest) if rest else folder  # noqa: PTH118
        if os.path.exists(path):  # noqa: PTH110
            with open(path, encoding="utf-8") as file:  # noqa: PTH123
                return file.read()
    raise FileNotFoundError(name)
