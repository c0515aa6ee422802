"""A body unpacked within a limit: a few kilobytes may unpack to gigabytes, and once unpacked it is too late to ask."""

import zlib

CHUNK = 65_536
# One is what servers do; a second comes of a cache before them.
MOST_CODINGS = 2
# A body of many gzip members is one that was put together of files; of millions of empty ones, an attack.
MOST_MEMBERS = 1_000
_GZIP, _ZLIB, _RAW = 31, 15, -15
_WINDOWS = {"gzip": (_GZIP,), "x-gzip": (_GZIP,), "deflate": (_ZLIB, _RAW)}


class TooLarge(Exception):
    """More than the limit."""


class Undecodable(Exception):
    """Not packed as it says."""


def inflated(body: bytes, codings: str, most: int) -> tuple[bytes, str]:
    """A body without its Content-Encoding, and what of that is left: a coding that is not known stays, so that whoever
    reads the body sees that it is packed. Raises TooLarge and Undecodable."""
    left = [name for each in codings.split(",") if (name := each.strip().lower()) not in ("", "identity")]
    if len(left) > MOST_CODINGS:
        raise TooLarge
    while left and left[-1] in _WINDOWS:
        body = _unpacked(body, _WINDOWS[left.pop()], most) if body else body
    return body, ", ".join(left)


def _unpacked(body: bytes, windows: tuple[int, ...], most: int) -> bytes:
    """By the first of the windows that fits; members that follow each other make one body."""
    for window in windows:
        try:
            return _members(body, window, most)
        except zlib.error:
            continue
    raise Undecodable


def _members(body: bytes, window: int, most: int) -> bytes:
    """Up to the end, or to where a broken member begins: what stands behind a whole one is not part of it."""
    out, start = bytearray(), 0
    for _member in range(MOST_MEMBERS):
        unpacking = zlib.decompressobj(window)
        while start < len(body) and not unpacking.eof:
            piece = body[start : start + CHUNK]
            start += len(piece)
            try:
                while piece and not unpacking.eof:
                    out += unpacking.decompress(piece, CHUNK)
                    piece = unpacking.unconsumed_tail
                    if len(out) > most:
                        raise TooLarge
            except zlib.error:
                if not out:
                    raise
                return bytes(out)
        start -= len(unpacking.unused_data)
        if start >= len(body) or window == _RAW:
            return bytes(out)
    raise TooLarge
