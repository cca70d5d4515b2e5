"""Runs on file: what a script was answered and what it made of it, kept so that it can run again without a world."""
