"""Bodies as they were before they were compressed, a piece at a time: a small one may stand for gigabytes. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

_PIECE = 1 << 18  # bytes made at a time
_MOST = 4  # times that a body may be compressed
_WINDOWS = {"gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}


def inflate(pieces: Iterable[bytes], codings: str) -> Iterable[bytes]:
    """`codings` are those of `Content-Encoding`; one that nobody asked for is left as it is. Raises zlib.error."""
    applied = [coding for each in codings.lower().split(",") if (coding := each.strip()) not in ("", "identity")]
    if len(applied) > _MOST:
        raise zlib.error("it is compressed too many times")
    for coding in reversed(applied):
        if coding not in _WINDOWS:
            break
        pieces = _inflated(pieces, coding)
    return pieces


def _inflated(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    stream, begun = zlib.decompressobj(_WINDOWS[coding]), False
    for piece in pieces:
        if stream.eof:
            continue  # to the end, so that the connection can be used again
        try:
            made = stream.decompress(piece, _PIECE)
        except zlib.error:
            if begun or coding != "deflate":
                raise
            stream = zlib.decompressobj(-zlib.MAX_WBITS)  # as some servers understand the word
            made = stream.decompress(piece, _PIECE)
        begun = True
        while made:
            yield made
            made = b"" if stream.eof else stream.decompress(stream.unconsumed_tail, _PIECE)
