"""`.nango/generated.json`: what was generated, to tell a file that no longer is from somebody's work."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from nango_cli.generators.generator import GeneratedFile

PATH = ".nango/generated.json"


def digests(files: Iterable[GeneratedFile]) -> dict[str, str]:
    """The content of each file, by path, as a digest."""
    return {file.path: digest(file.text.encode()) for file in files}


def digest(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()


def read(content: bytes | None) -> dict[str, str]:
    """The digests that a manifest holds; none if it is missing or not ours."""
    try:
        files = json.loads(content or b"{}")["files"]
        return {path: value for path, value in files.items() if isinstance(value, str)}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def text(files: Mapping[str, str]) -> str:
    return json.dumps({"files": dict(sorted(files.items()))}, indent=2) + "\n"
