"""Recordings as tests: replaying them, comparing what came of it, and the pytest plugin that does both."""
