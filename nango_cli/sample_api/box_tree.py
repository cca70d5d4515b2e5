"""The folders that the sample of Box knows: four deep, one of them empty, one of several pages, one forbidden."""

from __future__ import annotations

from typing import Any

FORBIDDEN = "16"

_Item = dict[str, Any]
_TOP = {11: "Contracts", 12: "Designs 🎨", 13: "Empty", 16: "Board 🔒"}


def seed() -> dict[str, list[_Item]]:
    """What lies in a folder, by the folder's id; `0` is the root."""
    return {
        "0": [_folder(number, name) for number, name in _TOP.items()] + [_file(101, "Read me.txt")],
        "11": [_folder(14, "2024"), _file(102, "Framework.pdf"), _file(103, "Überblick.docx"), _link(201, "Wiki")],
        "12": [_file(104, "Logo 🌈.svg"), _file(105, "Poster.png")],
        "13": [],
        "14": [_folder(15, "Signed"), _file(106, "Q1.pdf")],
        "15": [_file(number, f"Contract {number}.pdf") for number in range(107, 117)],
    }


def _folder(number: int, name: str) -> _Item:
    return {"type": "folder", **_named(number, name)}


def _link(number: int, name: str) -> _Item:
    return {"type": "web_link", **_named(number, name), "url": "https://wiki.example.com/"}


def _file(number: int, name: str) -> _Item:
    url = f"https://app.box.example/s/{number}"
    shared = {"url": url, "download_url": f"{url}/{number}.bin", "access": "company"}
    return {
        "type": "file",
        **_named(number, name),
        "size": number * 1024,
        "modified_at": f"2025-02-{number % 28 + 1:02}T10:00:00-08:00",
        "shared_link": shared if number % 3 == 0 else None,
    }


def _named(number: int, name: str) -> _Item:
    return {"id": str(number), "etag": "0", "sequence_id": "0", "name": name}
