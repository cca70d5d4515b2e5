"""What pages of the documentation are made of, for tests that execute them."""

from __future__ import annotations

import re

# ```yaml nango.yaml writes a file; ```console runs its lines that begin with `$ `.
BLOCK = re.compile(r"^```(?P<language>\w+)(?: (?P<file>\S+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def steady(output: str) -> str:
    """The output with the same durations, ports and memory every time."""
    output = re.sub(r"\b\d+ MB of memory", "32 MB of memory", re.sub(r"\b\d+\.\d+ ?s\b", "0.25 s", output))
    return re.sub(r"\b\d+ ms\b", "12 ms", re.sub(r"(http://127\.0\.0\.1):\d{4,5}", r"\1:8000", output))
