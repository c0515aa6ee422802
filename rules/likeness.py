"""Likeness of texts: a signature of 256 bytes each (MinHash over 3-grams), compared and grouped without the texts.

A signature depends on the text alone: the seed and the scheme are fixed, and `KIND` names them, so that signatures
kept in a database may be compared with later ones of the same kind and no other."""

import re
import unicodedata
import zlib
from collections.abc import Sequence

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

KIND = "minhash-64-affine32-crc32-3"
PERMUTATIONS = 64
BANDS = 16
GRAM = 3
SHORTEST = 20
LONGEST = 20_000
ALIKE = 0.8

_MARKS = re.compile(r"[\W_]+")
_MODEL = MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=zlib.crc32, scheme="affine32")


def plain(text: str) -> str:
    """A text without spaces and marks, in one width: what two copies of it have in common."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


def signature(text: str) -> bytes | None:
    """The signature of a text; None for one too short to tell a copy from a coincidence."""
    kept = plain(text)[:LONGEST]
    if len(kept) < SHORTEST:
        return None
    hashes = _MODEL.copy()
    hashes.update_batch({kept[n : n + GRAM].encode() for n in range(len(kept) - GRAM + 1)})
    return np.asarray(hashes.hashvalues, dtype="<u4").tobytes()


def likeness(one: bytes, other: bytes) -> float:
    """The share of 3-grams that two texts have in common, estimated from their signatures: 0 to 1."""
    return float(np.mean(_values(one) == _values(other)))


def groups(signatures: Sequence[bytes | None], alike: float = ALIKE) -> list[int]:
    """For each text the index of the first one it is a copy of (its own where there is none). Only texts that share
    a band are compared, and each with the first of its group alone: time grows with the number of texts."""
    heads = list(range(len(signatures)))
    first_in: dict[tuple[int, bytes], int] = {}
    width = PERMUTATIONS * 4 // BANDS
    for index, one in enumerate(signatures):
        if one is None:
            continue
        bands = [(band, one[band * width : (band + 1) * width]) for band in range(BANDS)]
        seen = sorted({first_in[band] for band in bands if band in first_in})
        head = next((n for n in seen if likeness(signatures[n] or one, one) >= alike), index)
        heads[index] = head
        for band in bands:
            first_in.setdefault(band, head)
    return heads


def _values(one: bytes) -> NDArray[np.uint32]:
    return np.frombuffer(one, dtype="<u4")
