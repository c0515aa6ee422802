"""Similarity of texts: a signature of 256 bytes each (MinHash over 3-grams), compared and grouped without the texts.

A signature depends on the text alone, since seed, hash function and scheme are fixed: signatures kept in a database
may be compared with later ones. Whoever changes one of these must have the kept ones made anew."""

import re
import unicodedata
import zlib
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasketch import MinHash

# 64 hashes of 4 bytes: an estimate within ±0.1 or so, in 256 bytes a text.
PERMUTATIONS = 64
# Texts are compared where one of 16 bands of 4 hashes is the same: nearly certain (99.9 %) at a similarity of 0.8,
# rare (2 %) at 0.2.
BANDS = 16
WIDTH = PERMUTATIONS * 4 // BANDS
# Chinese words are two to four characters long.
GRAM = 3
# Characters. Shorter texts (见附件) are similar by chance; of longer ones the beginning is enough.
SHORTEST = 20
LONGEST = 20_000
# 略有改动: no document gives a number; a fifth of the text may differ.
SIMILAR = 0.8

_MARKS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """A text without spaces and marks, in one width: what two copies of it have in common."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


def signature(text: str) -> bytes | None:
    """The signature of a text; None for one too short to tell a copy from a coincidence."""
    kept = plain(text)[:LONGEST]
    if len(kept) < SHORTEST:
        return None
    hashes = _unsigned().copy()
    hashes.update_batch({kept[n : n + GRAM].encode() for n in range(len(kept) - GRAM + 1)})
    return bytes(hashes.hashvalues.astype("<u4").tobytes())


@cache
def _unsigned() -> "MinHash":
    # datasketch brings scipy, a second of start-up: only who writes signatures (the crawl) waits for it.
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=zlib.crc32, scheme="affine32")


def similarity(one: bytes, other: bytes) -> float:
    """The share of 3-grams that two texts have in common, estimated from their signatures: 0 to 1."""
    pairs = zip(memoryview(one).cast("I"), memoryview(other).cast("I"), strict=True)
    return sum(mine == theirs for mine, theirs in pairs) / PERMUTATIONS


def groups(signatures: Sequence[bytes | None], similar: float = SIMILAR) -> list[int]:
    """For each text the index of the first one of its group (its own where there is none). Only texts that share a
    band are compared, and only the first of each group: time grows with the number of texts, and a chain of small
    changes does not group what is not similar."""
    heads = list(range(len(signatures)))
    for band in range(BANDS):
        first_with: dict[bytes, int] = {}
        for index, one in enumerate(signatures):
            if one is None:
                continue
            other = _head(heads, first_with.setdefault(one[band * WIDTH : (band + 1) * WIDTH], index))
            own = _head(heads, index)
            if own != other and similarity(signatures[own] or one, signatures[other] or one) >= similar:
                heads[max(own, other)] = min(own, other)
    return [_head(heads, index) for index in range(len(heads))]


def _head(heads: list[int], index: int) -> int:
    while heads[index] != index:
        heads[index] = index = heads[heads[index]]
    return index
