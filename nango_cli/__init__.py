"""The nango-cli toolchain: nango.yaml in; models, checks and running scripts out."""

__version__ = "0.1.0"
