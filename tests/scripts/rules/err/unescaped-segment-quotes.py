# acme/actions/create_issue.py
"""Its import goes among those of the standard library."""

from __future__ import annotations

import re
from uuid import uuid4

from models import Created, NangoAction, NewIssue, ProxyConfiguration


def run_action(nango: NangoAction, input: NewIssue) -> Created:
    nango.get(ProxyConfiguration(endpoint=f'/é/{input.owner}/{input.owner}/issues'))  # !
    nango.get(ProxyConfiguration(endpoint=f"/a/{input.owner!r}"))  # !
    nango.get(ProxyConfiguration(endpoint=f"/a/{input.owner:>5}"))  # !
    nango.get(ProxyConfiguration(endpoint=f"/a/{ input.owner }"))  # !
    nango.get(ProxyConfiguration(endpoint=f"""/a/{input.owner}"""))  # !
