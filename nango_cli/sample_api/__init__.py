"""A small HTTP server that answers like GitHub's pull request API, for demos, tests and first steps offline."""

from __future__ import annotations

from nango_cli.sample_api.server import SampleApi

__all__ = ["SampleApi"]
