"""The APIs, by the name that stands behind `sample:` in a base URL."""

from __future__ import annotations

from importlib import import_module

from nango_cli.sample_api.api import Api

NAMES = ("github", "salesforce", "box", "hubspot", "stripe", "zendesk")


def make(name: str) -> Api:
    """An API in its first state: the `Api` of the module of that name."""
    found: Api = import_module(f"nango_cli.sample_api.{name}").Api()
    return found
